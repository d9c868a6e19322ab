import { bodyStep, bodyTotal, TEN, usualBody } from "./shared/average";
import {
  body,
  gapsUp,
  isBlack,
  isWhite,
  openRows,
  price,
  SECOND,
  signal,
  THIRD,
} from "./shared/candle";

/** A long white candle, a black one above it, and a black one that falls back into the first body. */
export function talibCdl2crows(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  const end = openRows(n, 12, out);
  if (end === 0) return 0;
  let long = bodyTotal(open, close, TEN);
  for (let at: usize = TEN; at + THIRD < end; at += 8) {
    const isFound = gapsUp(open, close, at + SECOND, at) && isWhite(open, close, at) &&
      isBlack(open, close, at + SECOND) && isBlack(open, close, at + THIRD) &&
      price(open, at + THIRD) < price(open, at + SECOND) &&
      price(open, at + THIRD) > price(close, at + SECOND) &&
      price(close, at + THIRD) > price(open, at) && price(close, at + THIRD) < price(close, at) &&
      body(open, close, at) > usualBody(long);
    signal(out, at + THIRD, isFound ? -100 : 0);
    long += bodyStep(open, close, at);
  }
  return 0;
}
