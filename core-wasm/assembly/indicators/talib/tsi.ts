import { emaOfMoves, talibEma } from "./ema";
import { at, fillNan, put } from "./shared/ta";

/** Moves smoothed twice over their sizes smoothed twice. Scratch: two columns. */
export function talibTsi(
  n: i32,
  real: usize,
  firstperiod: i32,
  secondperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (firstperiod < 2) return 1;
  if (secondperiod < 2) return 2;
  const lookback = firstperiod + secondperiod - 1;
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  const sizes = scratch;
  const smoothed = scratch + (<usize> n << 3);
  for (let i = 1; i < n; i++) {
    const move = at(real, i) - at(real, i - 1);
    put(out, i, move);
    put(sizes, i, abs<f64>(move));
  }
  const skip = <usize> firstperiod << 3;
  const rows = n - firstperiod;
  emaOfMoves(n - 1, out + 8, firstperiod, smoothed + 8);
  emaOfMoves(rows, smoothed + skip, secondperiod, out + skip);
  emaOfMoves(n - 1, sizes + 8, firstperiod, smoothed + 8);
  talibEma(rows, smoothed + skip, secondperiod, sizes + skip, 0);
  for (let i = lookback; i < n; i++) {
    const size = at(sizes, i);
    put(out, i, size > 0.0 ? 100.0 * at(out, i) / size : 0.0);
  }
  fillNan(out, n, lookback);
  return 0;
}
