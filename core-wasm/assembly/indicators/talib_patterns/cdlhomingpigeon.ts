import { bodyStep, bodyTotal, usualBody } from "./shared/average";
import { body, isBlack, openRows, price, rowAt, SECOND, signal } from "./shared/candle";

/** A short black body inside the long black one before it. */
export function talibCdlhomingpigeon(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (!openRows(n, 11, out)) return 0;
  let long = bodyTotal(open, close, rowAt(10));
  let short = bodyTotal(open, close, rowAt(10) + SECOND);
  for (let at = rowAt(10), end = rowAt(n); at + SECOND < end; at += 8) {
    const isFound = isBlack(open, close, at) & isBlack(open, close, at + SECOND) &
      price(open, at + SECOND) < price(open, at) & price(close, at + SECOND) > price(close, at) &
      body(open, close, at) > usualBody(long) & body(open, close, at + SECOND) <= usualBody(short);
    signal(out, at + SECOND, isFound ? 100 : 0);
    long += bodyStep(open, close, at);
    short += bodyStep(open, close, at + SECOND);
  }
  return 0;
}
