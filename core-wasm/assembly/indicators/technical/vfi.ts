import { talibEma } from "../talib/ema";
import { talibSma } from "../talib/sma";
import { windowRollingSum } from "../window/rolling_sum";
import { windowRollingStd } from "../window/rolling_var";
import { at, put } from "../window/shared/rows";
import { columnIn, earlier, skipping } from "./shared/columns";

const VOLATILITY_ROWS: i32 = 30;

/** The volume of rows whose typical price moved further than usual, bounded, over the mean volume. */
export function technicalVfi(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  volume: usize,
  length: i32,
  coef: f64,
  vcoef: f64,
  signalLength: i32,
  smoothVfi: i32,
  vfi: usize,
  vfima: usize,
  hist: usize,
  scratch: usize,
): i32 {
  if (length < 1) return 1;
  if (signalLength < 1) return 4;
  const typical = columnIn(scratch, n, 0);
  const steps = columnIn(scratch, n, 1);
  const spread = columnIn(scratch, n, 2);
  const usual = columnIn(scratch, n, 3);
  for (let i = 0; i < n; i++) {
    put(typical, i, (at(high, i) + at(low, i) + at(close, i)) / 3.0);
    put(steps, i, NativeMath.log(at(typical, i)) - NativeMath.log(earlier(typical, i - 1)));
  }
  windowRollingStd(n, steps, VOLATILITY_ROWS, 0, 0, spread, 0);
  for (let i = 0; i < n; i++) put(steps, i, earlier(volume, i - 1));
  skipping(talibSma, n, steps, length, usual, 0);
  for (let i = 0; i < n; i++) {
    const cutoff = coef * at(spread, i) * at(close, i);
    const most = at(usual, i) * vcoef;
    const counted = at(volume, i) < most ? at(volume, i) : most;
    const move = at(typical, i) - earlier(typical, i - 1);
    put(steps, i, move > cutoff ? counted : move < -cutoff ? -counted : 0.0);
  }
  windowRollingSum(n, steps, length, 0, spread, 0);
  for (let i = 0; i < n; i++) put(spread, i, at(spread, i) / at(usual, i));
  if (smoothVfi !== 0) skipping(talibSma, n, spread, 3, vfi, 0);
  else memory.copy(vfi, spread, <usize> n << 3);
  skipping(talibEma, n, vfi, signalLength, vfima, 0);
  for (let i = 0; i < n; i++) put(hist, i, at(vfi, i) - at(vfima, i));
  return 0;
}
