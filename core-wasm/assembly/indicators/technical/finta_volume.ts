import { windowEwmMean } from "../window/ewm";
import { windowRollingMean, windowRollingSum } from "../window/rolling_sum";
import { windowRollingStd } from "../window/rolling_var";
import { at, put } from "../window/shared/rows";
import { columnIn, earlier } from "./shared/columns";

const VOLATILITY_ROWS: i32 = 30;
const SPAN: i32 = 1;

function typicalPrice(n: i32, high: usize, low: usize, close: usize, out: usize): void {
  for (let i = 0; i < n; i++) put(out, i, (at(high, i) + at(low, i) + at(close, i)) / 3.0);
}

/** Money flow index; the first row has no direction and counts as none. */
export function technicalFintaMfi(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  volume: usize,
  period: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (period < 1) return 1;
  const typical = columnIn(scratch, n, 0);
  const flow = columnIn(scratch, n, 1);
  const sums = columnIn(scratch, n, 2);
  typicalPrice(n, high, low, close, typical);
  for (let side = 0; side < 2; side++) {
    for (let i = 0; i < n; i++) {
      const change = at(typical, i) - earlier(typical, i - 1);
      const isCounted = side === 0 ? change > 0.0 : change < 0.0;
      put(flow, i, isCounted ? at(typical, i) * at(volume, i) : 0.0);
    }
    windowRollingSum(n, flow, period, 0, side === 0 ? out : sums, 0);
  }
  for (let i = 0; i < n; i++) put(out, i, 100.0 - 100.0 / (1.0 + at(out, i) / at(sums, i)));
  return 0;
}

/** Volume flow; a missing price change or cutoff counts as 0, and the means look one row back. */
export function technicalFintaVfi(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  volume: usize,
  period: i32,
  smoothingFactor: i32,
  factor: f64,
  vfactor: f64,
  adjust: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (period < 1) return 1;
  if (smoothingFactor < 1) return 2;
  const typical = columnIn(scratch, n, 0);
  const steps = columnIn(scratch, n, 1);
  const spread = columnIn(scratch, n, 2);
  const usual = columnIn(scratch, n, 3);
  typicalPrice(n, high, low, close, typical);
  for (let i = 0; i < n; i++) {
    put(steps, i, NativeMath.log(at(typical, i)) - NativeMath.log(earlier(typical, i - 1)));
  }
  windowRollingStd(n, steps, VOLATILITY_ROWS, 0, 1, spread, 0);
  windowRollingMean(n, volume, period, 0, usual, 0);
  for (let i = 0; i < n; i++) {
    const move = orZero(at(typical, i) - earlier(typical, i - 1));
    const cutoff = orZero(factor * at(spread, i) * at(close, i));
    const most = vfactor * earlier(usual, i - 1);
    const counted = at(volume, i) > most ? most : at(volume, i);
    const side: f64 = move > cutoff ? 1.0 : move < 0.0 - cutoff ? -1.0 : 0.0;
    put(steps, i, side * counted);
  }
  windowRollingSum(n, steps, period, 0, spread, 0);
  for (let i = 0; i < n; i++) put(spread, i, at(spread, i) / earlier(usual, i - 1));
  const least = smoothingFactor - 1;
  windowEwmMean(n, spread, f64(smoothingFactor), SPAN, least, adjust, 0, out, 0);
  return 0;
}

function orZero(value: f64): f64 {
  return value !== value ? 0.0 : value;
}
