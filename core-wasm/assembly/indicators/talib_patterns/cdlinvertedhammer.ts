import { bodyStep, bodyTotal, rangeStep, rangeTotal, TEN, tiny, usualBody } from "./shared/average";
import {
  body,
  gapsDown,
  lowerShadow,
  openRows,
  SECOND,
  signal,
  upperShadow,
} from "./shared/candle";

/** A short body below the body before it, with a long upper shadow and no lower one. */
export function talibCdlinvertedhammer(
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
  let short = bodyTotal(open, close, TEN + SECOND);
  let tail = rangeTotal(high, low, TEN + SECOND);
  for (let at: usize = TEN; at + SECOND < end; at += 8) {
    const isFound = gapsDown(open, close, at + SECOND, at) &&
      upperShadow(open, high, close, at + SECOND) > body(open, close, at + SECOND) &&
      lowerShadow(open, low, close, at + SECOND) < tiny(tail) &&
      body(open, close, at + SECOND) < usualBody(short);
    signal(out, at + SECOND, isFound ? 100 : 0);
    short += bodyStep(open, close, at + SECOND);
    tail += rangeStep(high, low, at + SECOND);
  }
  return 0;
}
