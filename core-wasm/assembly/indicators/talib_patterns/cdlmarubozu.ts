import { bodyStep, bodyTotal, rangeStep, rangeTotal, TEN, tiny, usualBody } from "./shared/average";
import { body, isWhite, lowerShadow, openRows, signal, signed, upperShadow } from "./shared/candle";

/** A long body without shadows. */
export function talibCdlmarubozu(
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
    const limit = tiny(tail);
    const isFound = upperShadow(open, high, close, at) < limit &&
      lowerShadow(open, low, close, at) < limit && body(open, close, at) > usualBody(long);
    signal(out, at, isFound ? signed(isWhite(open, close, at), 100) : 0);
    long += bodyStep(open, close, at);
    tail += rangeStep(high, low, at);
  }
  return 0;
}
