import { FIVE, near, nearStep, nearTotal } from "./shared/average";
import {
  body,
  gapsDown,
  gapsUp,
  isBlack,
  isWhite,
  larger,
  openRows,
  price,
  SECOND,
  signal,
  signed,
  smaller,
  THIRD,
} from "./shared/candle";

/** A gap, then a candle of the other colour and about the same size that closes inside the gap. */
export function talibCdltasukigap(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  const end = openRows(n, 7, out);
  if (end === 0) return 0;
  let usual = nearTotal(high, low, FIVE + SECOND);
  for (let at: usize = FIVE; at + THIRD < end; at += 8) {
    const isUp = isWhite(open, close, at + SECOND);
    const isApart = isUp
      ? gapsUp(open, close, at + SECOND, at) && isBlack(open, close, at + THIRD) &&
        price(open, at + THIRD) < price(close, at + SECOND) &&
        price(open, at + THIRD) > price(open, at + SECOND) &&
        price(close, at + THIRD) < price(open, at + SECOND) &&
        price(close, at + THIRD) > larger(price(close, at), price(open, at))
      : gapsDown(open, close, at + SECOND, at) && isWhite(open, close, at + THIRD) &&
        price(open, at + THIRD) < price(open, at + SECOND) &&
        price(open, at + THIRD) > price(close, at + SECOND) &&
        price(close, at + THIRD) > price(open, at + SECOND) &&
        price(close, at + THIRD) < smaller(price(close, at), price(open, at));
    const isFound = isApart &&
      abs<f64>(body(open, close, at + SECOND) - body(open, close, at + THIRD)) < near(usual);
    signal(out, at + THIRD, isFound ? signed(isUp, 100) : 0);
    usual += nearStep(high, low, at + SECOND);
  }
  return 0;
}
