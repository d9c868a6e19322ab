import { bodyStep, bodyTotal, TEN, usualBody } from "./shared/average";
import {
  body,
  FIFTH,
  FOURTH,
  gapsDown,
  gapsUp,
  isWhite,
  openRows,
  price,
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
  const end = openRows(n, 14, out);
  if (end === 0) return 0;
  let long = bodyTotal(open, close, TEN);
  for (let at: usize = TEN; at + FIFTH < end; at += 8) {
    const isUp = isWhite(open, close, at + FIFTH);
    const isTurned = isUp
      ? gapsDown(open, close, at + SECOND, at) &&
        price(high, at + THIRD) < price(high, at + SECOND) &&
        price(low, at + THIRD) < price(low, at + SECOND) &&
        price(high, at + FOURTH) < price(high, at + THIRD) &&
        price(low, at + FOURTH) < price(low, at + THIRD) &&
        price(close, at + FIFTH) > price(open, at + SECOND) &&
        price(close, at + FIFTH) < price(close, at)
      : gapsUp(open, close, at + SECOND, at) &&
        price(high, at + THIRD) > price(high, at + SECOND) &&
        price(low, at + THIRD) > price(low, at + SECOND) &&
        price(high, at + FOURTH) > price(high, at + THIRD) &&
        price(low, at + FOURTH) > price(low, at + THIRD) &&
        price(close, at + FIFTH) < price(open, at + SECOND) &&
        price(close, at + FIFTH) > price(close, at);
    const isFound = isTurned && isWhite(open, close, at) !== isUp &&
      isWhite(open, close, at + SECOND) !== isUp && isWhite(open, close, at + FOURTH) !== isUp &&
      body(open, close, at) > usualBody(long);
    signal(out, at + FIFTH, isFound ? signed(isUp, 100) : 0);
    long += bodyStep(open, close, at);
  }
  return 0;
}
