import { at, put } from "./shared/ta";

/** Accumulated over the whole column; a bar with a missing number is left out. */
export function talibVwap(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  volume: usize,
  out: usize,
  scratch: usize,
): i32 {
  let turnover = 0.0;
  let traded = 0.0;
  let average = 0.0;
  for (let i = 0; i < n; i++) {
    const typical = (at(high, i) + at(low, i) + at(close, i)) / 3.0;
    const size = at(volume, i);
    if (typical - typical === 0.0 && size - size === 0.0) {
      turnover += typical * size;
      traded += size;
    }
    if (traded > 0.0) average = turnover / traded;
    put(out, i, average);
  }
  return 0;
}
