import { equal, near, nearStep, nearStepPair, nearTotal } from "./shared/average";
import {
  body,
  FOURTH,
  gapInPair,
  gapsDown,
  gapsUp,
  isWhite,
  openRows,
  price,
  rowAt,
  SECOND,
  signal,
  signalPair,
  signed,
  THIRD,
} from "./shared/candle";

/**
 * Two white candles of about the same open and size side by side beyond a gap. Rows without a gap are
 * passed two at a time.
 */
export function talibCdlgapsidesidewhite(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (!openRows(n, 7, out)) return 0;
  let usual = nearTotal(high, low, rowAt(5) + SECOND);
  for (let at = rowAt(5), end = rowAt(n); at + THIRD < end; at += 8) {
    if (at + FOURTH < end && !gapInPair(open, close, at + SECOND)) {
      signalPair(out, at + THIRD, i64x2.splat(0), 0);
      const steps = nearStepPair(high, low, at + SECOND);
      usual = usual + f64x2.extract_lane(steps, 0) + f64x2.extract_lane(steps, 1);
      at += 8;
      continue;
    }
    const isUp = gapsUp(open, close, at + SECOND, at);
    const isApart = isUp
      ? gapsUp(open, close, at + THIRD, at)
      : gapsDown(open, close, at + SECOND, at) && gapsDown(open, close, at + THIRD, at);
    const isFound = isApart &&
      (isWhite(open, close, at + SECOND) & isWhite(open, close, at + THIRD) &
        body(open, close, at + THIRD) >= body(open, close, at + SECOND) - near(usual) &
        body(open, close, at + THIRD) <= body(open, close, at + SECOND) + near(usual) &
        price(open, at + THIRD) >= price(open, at + SECOND) - equal(usual) &
        price(open, at + THIRD) <= price(open, at + SECOND) + equal(usual));
    signal(out, at + THIRD, isFound ? signed(isUp, 100) : 0);
    usual += nearStep(high, low, at + SECOND);
  }
  return 0;
}
