import { at, put } from "./shared/ta";

/** The range one unit of volume bought; zero without volume. */
export function talibMarketfi(
  n: i32,
  high: usize,
  low: usize,
  volume: usize,
  out: usize,
  scratch: usize,
): i32 {
  for (let i = 0; i < n; i++) {
    const traded = at(volume, i);
    put(out, i, traded !== 0.0 ? (at(high, i) - at(low, i)) / traded : 0.0);
  }
  return 0;
}
