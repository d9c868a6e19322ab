import { talibSma } from "./sma";
import { at, put } from "./shared/ta";

export function talibAdr(
  n: i32,
  high: usize,
  low: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 1) return 1;
  for (let i = 0; i < n; i++) put(scratch, i, at(high, i) - at(low, i));
  return talibSma(n, scratch, timeperiod, out, 0);
}
