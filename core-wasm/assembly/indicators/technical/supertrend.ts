import { talibTrange } from "../talib/trange";
import { firstValid } from "../talib/first_valid";
import { windowRollingMean } from "../window/rolling_sum";
import { at, put } from "../window/shared/rows";
import { columnIn } from "./shared/columns";
import { spreadBands, trailBands } from "./shared/trailing_bands";

/** The range's average is a plain mean, not Wilder's. Directions: 1 up, -1 down, 0 none yet. */
export function technicalSupertrend(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  period: i32,
  multiplier: f64,
  st: usize,
  stx: usize,
  scratch: usize,
): i32 {
  if (period < 1) return 1;
  const range = columnIn(scratch, n, 0);
  const width = columnIn(scratch, n, 1);
  const middle = columnIn(scratch, n, 2);
  const begin = firstValid(n, high, low, close, close);
  for (let i = 0; i < begin; i++) put(range, i, NaN);
  const offset = <usize> begin << 3;
  talibTrange(n - begin, high + offset, low + offset, close + offset, range + offset, 0);
  windowRollingMean(n, range, period, 0, width, 0);
  for (let i = 0; i < n; i++) put(middle, i, (at(high, i) + at(low, i)) / 2.0);
  spreadBands(n, middle, width, multiplier);
  trailBands(n, close, middle, width, period, false, st);
  for (let i = 0; i < n; i++) {
    const line = at(st, i);
    store<i32>(stx + (<usize> i << 2), line > 0.0 ? at(close, i) < line ? -1 : 1 : 0);
  }
  return 0;
}
