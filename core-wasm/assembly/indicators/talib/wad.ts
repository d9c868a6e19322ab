import { at, put } from "./shared/ta";

/** Each close against the true extreme on the other side, summed. */
export function talibWad(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (n === 0) return 0;
  let sum = 0.0;
  let before = load<f64>(close);
  for (let i = 0; i < n; i++) {
    const value = at(close, i);
    if (value > before) {
      const bottom = at(low, i);
      sum += value - (before < bottom ? before : bottom);
    } else if (value < before) {
      const top = at(high, i);
      sum += value - (before > top ? before : top);
    }
    put(out, i, sum);
    before = value;
  }
  return 0;
}
