import { at, fillNan, put, trueRange } from "./shared/ta";

export function talibTrange(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  fillNan(out, n, 1);
  for (let i = 1; i < n; i++) put(out, i, trueRange(at(high, i), at(low, i), at(close, i - 1)));
  return 0;
}
