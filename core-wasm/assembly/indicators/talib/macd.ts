import { Fma } from "../shared/fma";
import { Lanes } from "../shared/lanes";
import {
  lineOf,
  MACD_STATE_BYTES,
  MacdRun,
  macdShare,
  nextAverages,
  stepMacdSegments,
} from "./shared/macd_segments";
import { segmentRows } from "./shared/segments";
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
    scratch,
  );
}

/** Both averages, the line and its signal; `fast` is at most `slow`. Scratch: a state. */
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
  scratch: usize,
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
  const run = changetype<MacdRun>(scratch + MACD_STATE_BYTES);
  run.real = real;
  run.fastFactor = fastFactor;
  run.slowFactor = slowFactor;
  run.signalFactor = signalFactor;
  run.macd = macd;
  run.macdsignal = macdsignal;
  run.macdhist = macdhist;
  let averages = Lanes.both(fastAverage, slowAverage);
  const from = lookback + 1;
  const segment = segmentRows(n - from, macdShare(slowFactor, signalFactor));
  if (segment > 0) averages = stepMacdSegments(run, from, segment, averages, scratch);
  stepSingle(run, from + 4 * segment, n, averages);
  return 0;
}

function stepSingle(run: MacdRun, from: i32, n: i32, averages: v128): void {
  const factors = Lanes.both(run.fastFactor, run.slowFactor);
  let signal = at(run.macdsignal, from - 1);
  for (let i = from; i < n; i++) {
    averages = nextAverages(averages, factors, at(run.real, i));
    const line = lineOf(averages);
    signal = Fma.any(line - signal, run.signalFactor, signal);
    put(run.macd, i, line);
    put(run.macdsignal, i, signal);
    put(run.macdhist, i, line - signal);
  }
}
