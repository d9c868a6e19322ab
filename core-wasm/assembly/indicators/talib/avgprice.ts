import { at, put } from "./shared/ta";

export function talibAvgprice(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  for (let i = 0; i < n; i++) {
    put(out, i, (at(high, i) + at(low, i) + at(close, i) + at(open, i)) / 4.0);
  }
  return 0;
}
