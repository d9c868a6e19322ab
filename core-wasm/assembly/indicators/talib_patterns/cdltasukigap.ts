import { larger, smaller } from "../shared/choose";
import { near, nearStep, nearStepPair, nearTotal } from "./shared/average";
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
 * A gap, then a candle of the other colour and about the same size that closes inside the gap. Rows
 * without a gap are passed two at a time.
 */
export function talibCdltasukigap(
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
    const isDown = gapsDown(open, close, at + SECOND, at);
    const isFound = (isUp | isDown) &&
      (isWhite(open, close, at + SECOND) === isUp & isWhite(open, close, at + THIRD) !== isUp &
        abs<f64>(body(open, close, at + SECOND) - body(open, close, at + THIRD)) < near(usual)) &&
      (isUp
        ? price(open, at + THIRD) < price(close, at + SECOND) &
          price(open, at + THIRD) > price(open, at + SECOND) &
          price(close, at + THIRD) < price(open, at + SECOND) &
          price(close, at + THIRD) > larger(price(close, at), price(open, at))
        : price(open, at + THIRD) < price(open, at + SECOND) &
          price(open, at + THIRD) > price(close, at + SECOND) &
          price(close, at + THIRD) > price(open, at + SECOND) &
          price(close, at + THIRD) < smaller(price(close, at), price(open, at)));
    signal(out, at + THIRD, isFound ? signed(isUp, 100) : 0);
    usual += nearStep(high, low, at + SECOND);
  }
  return 0;
}
