import { bodyStep, bodyTotal, usualBody } from "./shared/average";
import {
  body,
  isBlack,
  isWhite,
  openRows,
  price,
  rowAt,
  SECOND,
  signal,
  THIRD,
} from "./shared/candle";

/** A long black candle, a black one inside it with a lower low, and a short white one that holds that low. */
export function talibCdlunique3river(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (!openRows(n, 12, out)) return 0;
  let long = bodyTotal(open, close, rowAt(10));
  let short = bodyTotal(open, close, rowAt(10) + THIRD);
  for (let at = rowAt(10), end = rowAt(n); at + THIRD < end; at += 8) {
    const isFound = (isBlack(open, close, at) & isBlack(open, close, at + SECOND) &
      price(close, at + SECOND) > price(close, at) & price(open, at + SECOND) <= price(open, at) &
      price(low, at + SECOND) < price(low, at)) &&
      (isWhite(open, close, at + THIRD) & price(open, at + THIRD) > price(low, at + SECOND) &
        body(open, close, at) > usualBody(long) & body(open, close, at + THIRD) < usualBody(short));
    signal(out, at + THIRD, isFound ? 100 : 0);
    long += bodyStep(open, close, at);
    short += bodyStep(open, close, at + THIRD);
  }
  return 0;
}
