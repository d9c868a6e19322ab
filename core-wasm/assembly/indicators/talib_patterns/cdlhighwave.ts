import { bodyStep, bodyTotal, TEN, usualBody } from "./shared/average";
import { body, isWhite, lowerShadow, openRows, signal, signed, upperShadow } from "./shared/candle";

/** A short body between two shadows of more than twice its size. */
export function talibCdlhighwave(
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
  let short = bodyTotal(open, close, TEN);
  for (let at: usize = TEN; at < end; at += 8) {
    const size = body(open, close, at);
    const isFound = upperShadow(open, high, close, at) > 2.0 * size &&
      lowerShadow(open, low, close, at) > 2.0 * size && size < usualBody(short);
    signal(out, at, isFound ? signed(isWhite(open, close, at), 100) : 0);
    short += bodyStep(open, close, at);
  }
  return 0;
}
