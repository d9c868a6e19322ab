import {
  bodyStep,
  bodyStepPair,
  bodyTotal,
  rangeStep,
  rangeStepPair,
  rangeTotal,
  tiny,
  usualBody,
} from "./shared/average";
import {
  body,
  gapInPair,
  gapsDown,
  lowerShadow,
  openRows,
  rowAt,
  SECOND,
  signal,
  signalPair,
  THIRD,
  upperShadow,
} from "./shared/candle";

/**
 * A short body below the body before it, with a long upper shadow and no lower one. Rows without a
 * gap are passed two at a time.
 */
export function talibCdlinvertedhammer(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (!openRows(n, 11, out)) return 0;
  let short = bodyTotal(open, close, rowAt(10) + SECOND);
  let tail = rangeTotal(high, low, rowAt(10) + SECOND);
  for (let at = rowAt(10), end = rowAt(n); at + SECOND < end; at += 8) {
    if (at + THIRD < end && !gapInPair(open, close, at + SECOND)) {
      signalPair(out, at + SECOND, i64x2.splat(0), 0);
      const bodies = bodyStepPair(open, close, at + SECOND);
      short = short + f64x2.extract_lane(bodies, 0) + f64x2.extract_lane(bodies, 1);
      const ranges = rangeStepPair(high, low, at + SECOND);
      tail = tail + f64x2.extract_lane(ranges, 0) + f64x2.extract_lane(ranges, 1);
      at += 8;
      continue;
    }
    const isFound = gapsDown(open, close, at + SECOND, at) &&
      (upperShadow(open, high, close, at + SECOND) > body(open, close, at + SECOND) &
        lowerShadow(open, low, close, at + SECOND) < tiny(tail) &
        body(open, close, at + SECOND) < usualBody(short));
    signal(out, at + SECOND, isFound ? 100 : 0);
    short += bodyStep(open, close, at + SECOND);
    tail += rangeStep(high, low, at + SECOND);
  }
  return 0;
}
