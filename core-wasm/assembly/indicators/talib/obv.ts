import { at, put } from "./shared/ta";

/** Starts with the first bar's volume. */
export function talibObv(n: i32, real: usize, volume: usize, out: usize, scratch: usize): i32 {
  if (n === 0) return 0;
  let balance = load<f64>(volume);
  let before = load<f64>(real);
  for (let i = 0; i < n; i++) {
    const price = at(real, i);
    if (price > before) balance += at(volume, i);
    else if (price < before) balance -= at(volume, i);
    put(out, i, balance);
    before = price;
  }
  return 0;
}
