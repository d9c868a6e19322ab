import { emaOfMoves } from "./ema";
import { followedMax, followedMin } from "./shared/extremes";
import { at, fillNan, put } from "./shared/ta";

/** The distance from the middle of the range, smoothed twice, over half the range so smoothed. */
export function talibSmi(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  timeperiod: i32,
  fastperiod: i32,
  slowperiod: i32,
  signalperiod: i32,
  smi: usize,
  smisignal: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  if (fastperiod < 2) return 2;
  if (slowperiod < 2) return 3;
  if (signalperiod < 2) return 4;
  const head = timeperiod - 1;
  const slowHead = head + slowperiod - 1;
  const lineHead = slowHead + fastperiod - 1;
  const lookback = lineHead + signalperiod - 1;
  fillNan(smi, n, lookback);
  fillNan(smisignal, n, lookback);
  if (n <= lookback) return 0;
  const distance = scratch;
  const range = scratch + (<usize> n << 3);
  const smoothed = smisignal;
  followedMax(n, high, timeperiod, distance);
  followedMin(n, low, timeperiod, range);
  for (let i = head; i < n; i++) {
    const highest = at(distance, i);
    const lowest = at(range, i);
    put(distance, i, at(close, i) - (highest + lowest) * 0.5);
    put(range, i, highest - lowest);
  }
  smoothTwice(n, distance, head, slowperiod, fastperiod, smoothed);
  smoothTwice(n, range, head, slowperiod, fastperiod, smoothed);
  for (let i = lineHead; i < n; i++) {
    const half = 0.5 * at(range, i);
    put(smi, i, half > 0.0 ? 100.0 * at(distance, i) / half : 0.0);
  }
  const skip = <usize> lineHead << 3;
  emaOfMoves(n - lineHead, smi + skip, signalperiod, smisignal + skip);
  fillNan(smi, n, lookback);
  fillNan(smisignal, n, lookback);
  return 0;
}

/** Replaces rows of `column` from `start` on by their average over `slow`, then over `fast`. */
function smoothTwice(
  n: i32,
  column: usize,
  start: i32,
  slow: i32,
  fast: i32,
  between: usize,
): void {
  const skip = <usize> start << 3;
  emaOfMoves(n - start, column + skip, slow, between + skip);
  const next = <usize> (start + slow - 1) << 3;
  emaOfMoves(n - start - slow + 1, between + next, fast, column + next);
}
