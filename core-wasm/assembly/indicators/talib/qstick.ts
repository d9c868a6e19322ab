import { at, put } from "./shared/ta";
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
  for (let i = 0; i < n; i++) put(scratch, i, at(close, i) - at(open, i));
  return talibSma(n, scratch, timeperiod, out, 0);
}
