import { bodyStep, bodyTotal, rangeStep, rangeTotal, tiny, usualBody } from "./shared/average";
import {
  body,
  gapsDown,
  gapsUp,
  isBlack,
  openRows,
  rowAt,
  SECOND,
  signal,
  signed,
} from "./shared/candle";

/** A doji that gaps away from a long candle in that candle's direction. */
export function talibCdldojistar(
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
  let doji = rangeTotal(high, low, rowAt(10) + SECOND);
  for (let at = rowAt(10), end = rowAt(n); at + SECOND < end; at += 8) {
    const isUp = isBlack(open, close, at);
    const isFound = ((isUp & gapsDown(open, close, at + SECOND, at)) |
      (!isUp & gapsUp(open, close, at + SECOND, at))) &
      body(open, close, at) > usualBody(long) & body(open, close, at + SECOND) <= tiny(doji);
    signal(out, at + SECOND, isFound ? signed(isUp, 100) : 0);
    long += bodyStep(open, close, at);
    doji += rangeStep(high, low, at + SECOND);
  }
  return 0;
}
