import { at, put } from "./shared/ta";

/** Follows the price on bars whose volume is above the one before; it stays finite. */
export function talibPvi(n: i32, close: usize, volume: usize, out: usize, scratch: usize): i32 {
  if (n === 0) return 0;
  let index = 1000.0;
  let before = load<f64>(close);
  let volumeBefore = load<f64>(volume);
  for (let i = 0; i < n; i++) {
    const price = at(close, i);
    const traded = at(volume, i);
    if (traded > volumeBefore && before !== 0.0) {
      const grown = index + (price - before) / before * index;
      if (grown - grown === 0.0) index = grown;
    }
    put(out, i, index);
    before = price;
    volumeBefore = traded;
  }
  return 0;
}
