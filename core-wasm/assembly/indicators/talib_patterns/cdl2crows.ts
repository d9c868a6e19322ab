import { bodyStep, bodyTotal, usualBody } from "./shared/average";
import {
  body,
  gapsUp,
  isBlack,
  isWhite,
  openRows,
  price,
  rowAt,
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
  if (!openRows(n, 12, out)) return 0;
  let long = bodyTotal(open, close, rowAt(10));
  for (let at = rowAt(10), end = rowAt(n); at + THIRD < end; at += 8) {
    const isFound = gapsUp(open, close, at + SECOND, at) &&
      (isWhite(open, close, at) & isBlack(open, close, at + SECOND) &
        isBlack(open, close, at + THIRD) & price(open, at + THIRD) < price(open, at + SECOND) &
        price(open, at + THIRD) > price(close, at + SECOND) &
        price(close, at + THIRD) > price(open, at) & price(close, at + THIRD) < price(close, at) &
        body(open, close, at) > usualBody(long));
    signal(out, at + THIRD, isFound ? -100 : 0);
    long += bodyStep(open, close, at);
  }
  return 0;
}
