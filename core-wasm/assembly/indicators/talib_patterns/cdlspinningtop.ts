import { bodyStep, bodyTotal, usualBody } from "./shared/average";
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

/** A short body between two longer shadows. */
export function talibCdlspinningtop(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (!openRows(n, 10, out)) return 0;
  let short = bodyTotal(open, close, rowAt(10));
  for (let at = rowAt(10), end = rowAt(n); at < end; at += 8) {
    const size = body(open, close, at);
    const isFound = upperShadow(open, high, close, at) > size &
      lowerShadow(open, low, close, at) > size & size < usualBody(short);
    signal(out, at, isFound ? signed(isWhite(open, close, at), 100) : 0);
    short += bodyStep(open, close, at);
  }
  return 0;
}
