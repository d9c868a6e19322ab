import { bodyStep, bodyTotal, rangeStep, rangeTotal, TEN, tiny, usualBody } from "./shared/average";
import { body, isWhite, lowerShadow, openRows, signal, signed, upperShadow } from "./shared/candle";

/** A long candle without a shadow where it closed. */
export function talibCdlclosingmarubozu(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  const end = openRows(n, 10, out);
  if (end === 0) return 0;
  let long = bodyTotal(open, close, TEN);
  let tail = rangeTotal(high, low, TEN);
  for (let at: usize = TEN; at < end; at += 8) {
    const isUp = isWhite(open, close, at);
    const isFound = body(open, close, at) > usualBody(long) &&
      (isUp ? upperShadow(open, high, close, at) : lowerShadow(open, low, close, at)) < tiny(tail);
    signal(out, at, isFound ? signed(isUp, 100) : 0);
    long += bodyStep(open, close, at);
    tail += rangeStep(high, low, at);
  }
  return 0;
}
