import { bodyStep, bodyTotal, usualBody } from "./shared/average";
import {
  body,
  FIFTH,
  FOURTH,
  gapsDown,
  gapsUp,
  isWhite,
  openRows,
  price,
  rowAt,
  SECOND,
  signal,
  signed,
  THIRD,
} from "./shared/candle";

/** A long candle, a gap, two more steps the same way, then a candle that closes back inside the gap. */
export function talibCdlbreakaway(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (!openRows(n, 14, out)) return 0;
  let long = bodyTotal(open, close, rowAt(10));
  for (let at = rowAt(10), end = rowAt(n); at + FIFTH < end; at += 8) {
    const isUp = gapsDown(open, close, at + SECOND, at) &
      price(high, at + THIRD) < price(high, at + SECOND) &
      price(low, at + THIRD) < price(low, at + SECOND) &
      price(high, at + FOURTH) < price(high, at + THIRD) &
      price(low, at + FOURTH) < price(low, at + THIRD);
    const isDown = gapsUp(open, close, at + SECOND, at) &
      price(high, at + THIRD) > price(high, at + SECOND) &
      price(low, at + THIRD) > price(low, at + SECOND) &
      price(high, at + FOURTH) > price(high, at + THIRD) &
      price(low, at + FOURTH) > price(low, at + THIRD);
    const isFound = (isUp | isDown) &&
      (isWhite(open, close, at + FIFTH) === isUp & isWhite(open, close, at) !== isUp &
        isWhite(open, close, at + SECOND) !== isUp & isWhite(open, close, at + FOURTH) !== isUp &
        body(open, close, at) > usualBody(long)) &&
      (isUp
        ? price(close, at + FIFTH) > price(open, at + SECOND) &
          price(close, at + FIFTH) < price(close, at)
        : price(close, at + FIFTH) < price(open, at + SECOND) &
          price(close, at + FIFTH) > price(close, at));
    signal(out, at + FIFTH, isFound ? signed(isUp, 100) : 0);
    long += bodyStep(open, close, at);
  }
  return 0;
}
