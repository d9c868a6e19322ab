import { bodyStep, bodyTotal, usualBody } from "./shared/average";
import { body, isBlack, isWhite, openRows, price, rowAt, SECOND, signal } from "./shared/candle";

/** A long black candle, then a long white one that opens below its low and closes above its middle. */
export function talibCdlpiercing(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (!openRows(n, 11, out)) return 0;
  let first = bodyTotal(open, close, rowAt(10));
  let second = bodyTotal(open, close, rowAt(10) + SECOND);
  for (let at = rowAt(10), end = rowAt(n); at + SECOND < end; at += 8) {
    const isFound = price(open, at + SECOND) < price(low, at) &&
      (isBlack(open, close, at) & isWhite(open, close, at + SECOND) &
        price(close, at + SECOND) < price(open, at) &
        price(close, at + SECOND) > price(close, at) + body(open, close, at) * 0.5 &
        body(open, close, at) > usualBody(first) &
        body(open, close, at + SECOND) > usualBody(second));
    signal(out, at + SECOND, isFound ? 100 : 0);
    first += bodyStep(open, close, at);
    second += bodyStep(open, close, at + SECOND);
  }
  return 0;
}
