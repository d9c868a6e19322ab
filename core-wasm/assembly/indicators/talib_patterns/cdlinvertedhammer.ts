import { bodyStep, bodyTotal, rangeStep, rangeTotal, tiny, usualBody } from "./shared/average";
import {
  body,
  larger,
  lowerShadow,
  openRows,
  price,
  rowAt,
  SECOND,
  signal,
  smaller,
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
  if (!openRows(n, 11, out)) return 0;
  let short = bodyTotal(open, close, rowAt(10) + SECOND);
  let tail = rangeTotal(high, low, rowAt(10) + SECOND);
  let formerBottom = smaller(price(open, rowAt(10)), price(close, rowAt(10)));
  for (let at = rowAt(10), end = rowAt(n); at + SECOND < end; at += 8) {
    const isFound = larger(price(open, at + SECOND), price(close, at + SECOND)) < formerBottom &&
      (upperShadow(open, high, close, at + SECOND) > body(open, close, at + SECOND) &
        lowerShadow(open, low, close, at + SECOND) < tiny(tail) &
        body(open, close, at + SECOND) < usualBody(short));
    signal(out, at + SECOND, isFound ? 100 : 0);
    short += bodyStep(open, close, at + SECOND);
    tail += rangeStep(high, low, at + SECOND);
    formerBottom = smaller(price(open, at + SECOND), price(close, at + SECOND));
  }
  return 0;
}
