import { at, put } from "./shared/ta";

/** Zero for a bar without range. */
export function talibBop(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  for (let i = 0; i < n; i++) {
    const range = at(high, i) - at(low, i);
    put(out, i, range <= 0.0 ? 0.0 : (at(close, i) - at(open, i)) / range);
  }
  return 0;
}
