import { columnSub } from "../column/arithmetic";
import { talibSma } from "./sma";

export function talibAdr(
  n: i32,
  high: usize,
  low: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 1) return 1;
  columnSub(n, high, low, scratch, 0);
  return talibSma(n, scratch, timeperiod, out, 0);
}
