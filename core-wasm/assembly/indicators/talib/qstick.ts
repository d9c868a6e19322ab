import { columnSub } from "../column/arithmetic";
import { talibSma } from "./sma";

/** The mean body. */
export function talibQstick(
  n: i32,
  open: usize,
  close: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 1) return 1;
  columnSub(n, close, open, scratch, 0);
  return talibSma(n, scratch, timeperiod, out, 0);
}
