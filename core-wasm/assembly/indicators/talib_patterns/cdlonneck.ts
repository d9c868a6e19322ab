import { bodyStep, bodyTotal, equal, nearStep, nearTotal, usualBody } from "./shared/average";
import { body, isBlack, isWhite, openRows, price, rowAt, SECOND, signal } from "./shared/candle";

/** A long black candle, then a white one that opens below its low and closes at it. */
export function talibCdlonneck(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (!openRows(n, 11, out)) return 0;
  let usual = nearTotal(high, low, rowAt(10));
  let long = bodyTotal(open, close, rowAt(10));
  for (let at = rowAt(10), end = rowAt(n); at + SECOND < end; at += 8) {
    const isFound = price(open, at + SECOND) < price(low, at) &&
      (isBlack(open, close, at) & isWhite(open, close, at + SECOND) &
        price(close, at + SECOND) <= price(low, at) + equal(usual) &
        price(close, at + SECOND) >= price(low, at) - equal(usual) &
        body(open, close, at) > usualBody(long));
    signal(out, at + SECOND, isFound ? -100 : 0);
    usual += nearStep(high, low, at);
    long += bodyStep(open, close, at);
  }
  return 0;
}
