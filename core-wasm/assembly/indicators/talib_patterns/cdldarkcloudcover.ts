import { bodyStep, bodyTotal, usualBody } from "./shared/average";
import { body, isBlack, isWhite, openRows, price, rowAt, SECOND, signal } from "./shared/candle";

/** A long white candle, then a black one that opens above its high and closes deep in its body. */
export function talibCdldarkcloudcover(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  penetration: f64,
  out: usize,
  scratch: usize,
): i32 {
  if (!(penetration >= 0.0)) return 1;
  if (!openRows(n, 11, out)) return 0;
  let long = bodyTotal(open, close, rowAt(10));
  for (let at = rowAt(10), end = rowAt(n); at + SECOND < end; at += 8) {
    const isFound = price(open, at + SECOND) > price(high, at) &&
      (isWhite(open, close, at) & isBlack(open, close, at + SECOND) &
        price(close, at + SECOND) > price(open, at) &
        price(close, at + SECOND) < price(close, at) - body(open, close, at) * penetration &
        body(open, close, at) > usualBody(long));
    signal(out, at + SECOND, isFound ? -100 : 0);
    long += bodyStep(open, close, at);
  }
  return 0;
}
