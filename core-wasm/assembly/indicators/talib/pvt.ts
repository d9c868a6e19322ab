import { at, put } from "./shared/ta";

export function talibPvt(n: i32, close: usize, volume: usize, out: usize, scratch: usize): i32 {
  if (n === 0) return 0;
  let line = 0.0;
  let before = load<f64>(close);
  for (let i = 0; i < n; i++) {
    const price = at(close, i);
    if (before !== 0.0) line += (price - before) / before * at(volume, i);
    put(out, i, line);
    before = price;
  }
  return 0;
}
