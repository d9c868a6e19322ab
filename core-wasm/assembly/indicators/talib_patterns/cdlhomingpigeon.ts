import { bodyStep, bodyTotal, TEN, usualBody } from "./shared/average";
import { body, isBlack, openRows, price, SECOND, signal } from "./shared/candle";

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
  const end = openRows(n, 11, out);
  if (end === 0) return 0;
  let long = bodyTotal(open, close, TEN);
  let short = bodyTotal(open, close, TEN + SECOND);
  for (let at: usize = TEN; at + SECOND < end; at += 8) {
    const isFound = isBlack(open, close, at) & isBlack(open, close, at + SECOND) &&
      price(open, at + SECOND) < price(open, at) && price(close, at + SECOND) > price(close, at) &&
      body(open, close, at) > usualBody(long) && body(open, close, at + SECOND) <= usualBody(short);
    signal(out, at + SECOND, isFound ? 100 : 0);
    long += bodyStep(open, close, at);
    short += bodyStep(open, close, at + SECOND);
  }
  return 0;
}
