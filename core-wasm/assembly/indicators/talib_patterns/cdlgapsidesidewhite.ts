import { equal, FIVE, near, nearStep, nearTotal } from "./shared/average";
import {
  body,
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

/** Two white candles of about the same open and size side by side beyond a gap. */
export function talibCdlgapsidesidewhite(
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
    const isUp = gapsUp(open, close, at + SECOND, at);
    const isFound = (isUp
      ? gapsUp(open, close, at + THIRD, at)
      : gapsDown(open, close, at + SECOND, at) && gapsDown(open, close, at + THIRD, at)) &&
      isWhite(open, close, at + SECOND) && isWhite(open, close, at + THIRD) &&
      body(open, close, at + THIRD) >= body(open, close, at + SECOND) - near(usual) &&
      body(open, close, at + THIRD) <= body(open, close, at + SECOND) + near(usual) &&
      price(open, at + THIRD) >= price(open, at + SECOND) - equal(usual) &&
      price(open, at + THIRD) <= price(open, at + SECOND) + equal(usual);
    signal(out, at + THIRD, isFound ? signed(isUp, 100) : 0);
    usual += nearStep(high, low, at + SECOND);
  }
  return 0;
}
