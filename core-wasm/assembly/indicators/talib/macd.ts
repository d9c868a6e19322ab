import { Fma } from "../shared/fma";
import { at, fillNan, put } from "./shared/ta";

export function talibMacd(
  n: i32,
  real: usize,
  fastperiod: i32,
  slowperiod: i32,
  signalperiod: i32,
  macd: usize,
  macdsignal: usize,
  macdhist: usize,
  scratch: usize,
): i32 {
  if (fastperiod < 2) return 1;
  if (slowperiod < 2) return 2;
  if (signalperiod < 1) return 3;
  const fast = min<i32>(fastperiod, slowperiod);
  const slow = max<i32>(fastperiod, slowperiod);
  const fastFactor = 2.0 / f64(fast + 1);
  const slowFactor = 2.0 / f64(slow + 1);
  return macdWith(
    n,
    real,
    fast,
    slow,
    signalperiod,
    fastFactor,
    slowFactor,
    macd,
    macdsignal,
    macdhist,
  );
}

/** Both averages, the line and its signal in one pass; `fast` is at most `slow`. */
export function macdWith(
  n: i32,
  real: usize,
  fast: i32,
  slow: i32,
  signalperiod: i32,
  fastFactor: f64,
  slowFactor: f64,
  macd: usize,
  macdsignal: usize,
  macdhist: usize,
): i32 {
  const lookback = slow + signalperiod - 2;
  fillNan(macd, n, lookback);
  fillNan(macdsignal, n, lookback);
  fillNan(macdhist, n, lookback);
  if (n <= lookback) return 0;

  let slowTotal = 0.0;
  let fastTotal = 0.0;
  for (let i = 0; i < slow - fast; i++) slowTotal += at(real, i);
  for (let i = slow - fast; i < slow; i++) {
    fastTotal += at(real, i);
    slowTotal += at(real, i);
  }
  let slowAverage = slowTotal / f64(slow);
  let fastAverage = fastTotal / f64(fast);
  let line = fastAverage - slowAverage;
  let signal = 0.0 + line;
  for (let i = slow; i <= lookback; i++) {
    const value = at(real, i);
    fastAverage = Fma.small(value - fastAverage, fastFactor, fastAverage);
    slowAverage = Fma.small(value - slowAverage, slowFactor, slowAverage);
    line = fastAverage - slowAverage;
    signal += line;
  }
  signal /= f64(signalperiod);
  put(macd, lookback, line);
  put(macdsignal, lookback, signalperiod === 1 ? line : signal);
  put(macdhist, lookback, line - (signalperiod === 1 ? line : signal));

  if (signalperiod === 1) {
    for (let i = lookback + 1; i < n; i++) {
      const value = at(real, i);
      fastAverage = Fma.small(value - fastAverage, fastFactor, fastAverage);
      slowAverage = Fma.small(value - slowAverage, slowFactor, slowAverage);
      put(macd, i, fastAverage - slowAverage);
      put(macdsignal, i, fastAverage - slowAverage);
      put(macdhist, i, (fastAverage - slowAverage) - (fastAverage - slowAverage));
    }
    return 0;
  }
  const signalFactor = 2.0 / f64(signalperiod + 1);
  const factors = f64x2.replace_lane(f64x2.splat(fastFactor), 1, slowFactor);
  let averages = f64x2.replace_lane(f64x2.splat(fastAverage), 1, slowAverage);
  for (let i: usize = <usize> (lookback + 1) << 3, end = <usize> n << 3; i < end; i += 8) {
    averages = Fma.pair(f64x2.sub(v128.load64_splat(real + i), averages), factors, averages);
    line = f64x2.extract_lane(averages, 0) - f64x2.extract_lane(averages, 1);
    signal = Fma.any(line - signal, signalFactor, signal);
    store<f64>(macd + i, line);
    store<f64>(macdsignal + i, signal);
    store<f64>(macdhist + i, line - signal);
  }
  return 0;
}
