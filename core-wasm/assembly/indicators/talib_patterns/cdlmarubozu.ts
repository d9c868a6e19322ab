import { bodyStep, bodyTotal, rangeStep, rangeTotal, tiny, usualBody } from "./shared/average";
import {
  body,
  isWhite,
  lowerShadow,
  openRows,
  rowAt,
  signal,
  signed,
  upperShadow,
} from "./shared/candle";

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
  if (!openRows(n, 10, out)) return 0;
  let long = bodyTotal(open, close, rowAt(10));
  let tail = rangeTotal(high, low, rowAt(10));
  for (let at = rowAt(10), end = rowAt(n); at < end; at += 8) {
    const limit = tiny(tail);
    const isFound = upperShadow(open, high, close, at) < limit &
      lowerShadow(open, low, close, at) < limit & body(open, close, at) > usualBody(long);
    signal(out, at, isFound ? signed(isWhite(open, close, at), 100) : 0);
    long += bodyStep(open, close, at);
    tail += rangeStep(high, low, at);
  }
  return 0;
}
