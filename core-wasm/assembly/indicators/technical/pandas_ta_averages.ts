/** pandas_ta's averages, which call TA-Lib where it is installed. */
import { talibEma } from "../talib/ema";
import { talibSma } from "../talib/sma";
import { talibWma } from "../talib/wma";
import { at, put } from "../window/shared/rows";
import { columnIn, earlier, skipping } from "./shared/columns";

/** The exponential average of the price moved on by its change over the lag. */
export function technicalPandasTaZlma(
  n: i32,
  close: usize,
  length: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (length < 1) return 1;
  const lag = (length - 1) >> 1;
  const moved = columnIn(scratch, n, 0);
  for (let i = 0; i < n; i++) put(moved, i, 2.0 * at(close, i) - earlier(close, i - lag));
  return skipping(talibEma, n, moved, length, out, 0);
}

export function technicalPandasTaHma(
  n: i32,
  close: usize,
  length: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (length < 2) return 1;
  const fast = columnIn(scratch, n, 0);
  const slow = columnIn(scratch, n, 1);
  skipping(talibWma, n, close, length >> 1, fast, 0);
  skipping(talibWma, n, close, length, slow, 0);
  for (let i = 0; i < n; i++) put(fast, i, 2.0 * at(fast, i) - at(slow, i));
  return skipping(talibWma, n, fast, i32(sqrt<f64>(f64(length))), out, 0);
}

export function technicalPandasTaVwma(
  n: i32,
  close: usize,
  volume: usize,
  length: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (length < 1) return 1;
  const weighted = columnIn(scratch, n, 0);
  const whole = columnIn(scratch, n, 1);
  for (let i = 0; i < n; i++) put(weighted, i, at(close, i) * at(volume, i));
  skipping(talibSma, n, weighted, length, out, 0);
  skipping(talibSma, n, volume, length, whole, 0);
  for (let i = 0; i < n; i++) put(out, i, at(out, i) / at(whole, i));
  return 0;
}

/** Elder's force index. */
export function technicalPandasTaEfi(
  n: i32,
  close: usize,
  volume: usize,
  length: i32,
  drift: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (length < 1) return 1;
  const force = columnIn(scratch, n, 0);
  for (let i = 0; i < n; i++) {
    put(force, i, (at(close, i) - earlier(close, i - drift)) * at(volume, i));
  }
  return skipping(talibEma, n, force, length, out, 0);
}

/** The signal is the exponential average of the index. */
export function technicalPandasTaTsi(
  n: i32,
  close: usize,
  fast: i32,
  slow: i32,
  signal: i32,
  scalar: f64,
  drift: i32,
  tsi: usize,
  tsiSignal: usize,
  scratch: usize,
): i32 {
  if (fast < 1) return 1;
  if (slow < 1) return 2;
  if (signal < 1) return 3;
  const change = columnIn(scratch, n, 0);
  const once = columnIn(scratch, n, 1);
  const size = columnIn(scratch, n, 2);
  for (let i = 0; i < n; i++) put(change, i, at(close, i) - earlier(close, i - drift));
  skipping(talibEma, n, change, slow, once, 0);
  skipping(talibEma, n, once, fast, tsi, 0);
  for (let i = 0; i < n; i++) put(change, i, abs<f64>(at(change, i)));
  skipping(talibEma, n, change, slow, once, 0);
  skipping(talibEma, n, once, fast, size, 0);
  for (let i = 0; i < n; i++) put(tsi, i, scalar * at(tsi, i) / at(size, i));
  return skipping(talibEma, n, tsi, signal, tsiSignal, 0);
}
