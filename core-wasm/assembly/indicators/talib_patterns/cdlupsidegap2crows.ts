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

/** A long white candle, a short black one above it, and a black one around that which leaves the gap open. */
export function talibCdlupsidegap2crows(
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
  let short = bodyTotal(open, close, rowAt(10) + SECOND);
  for (let at = rowAt(10), end = rowAt(n); at + THIRD < end; at += 8) {
    const isFound = gapsUp(open, close, at + SECOND, at) &&
      (isWhite(open, close, at) & isBlack(open, close, at + SECOND) &
        isBlack(open, close, at + THIRD) & price(open, at + THIRD) > price(open, at + SECOND) &
        price(close, at + THIRD) < price(close, at + SECOND) &
        price(close, at + THIRD) > price(close, at) & body(open, close, at) > usualBody(long) &
        body(open, close, at + SECOND) <= usualBody(short));
    signal(out, at + THIRD, isFound ? -100 : 0);
    long += bodyStep(open, close, at);
    short += bodyStep(open, close, at + SECOND);
  }
  return 0;
}
