import { fma } from "../shared/fma";
import { bodyStep, bodyTotal, usualBody } from "./shared/average";
import {
  body,
  gapsDown,
  isBlack,
  isWhite,
  openRows,
  price,
  rowAt,
  SECOND,
  signal,
  THIRD,
} from "./shared/candle";

/** A long black candle, a short one below it, and a white candle that closes deep in the first body. */
export function talibCdlmorningstar(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  penetration: f64,
  out: usize,
  scratch: usize,
): i32 {
  if (!(penetration >= 0.0)) return 1;
  if (!openRows(n, 12, out)) return 0;
  let long = bodyTotal(open, close, rowAt(10));
  let star = bodyTotal(open, close, rowAt(10) + SECOND);
  let short = bodyTotal(open, close, rowAt(10) + THIRD);
  for (let at = rowAt(10), end = rowAt(n); at + THIRD < end; at += 8) {
    const isFound = gapsDown(open, close, at + SECOND, at) &&
      (isBlack(open, close, at) & isWhite(open, close, at + THIRD) &
        price(close, at + THIRD) > fma(body(open, close, at), penetration, price(close, at)) &
        body(open, close, at) > usualBody(long) &
        body(open, close, at + SECOND) <= usualBody(star) &
        body(open, close, at + THIRD) > usualBody(short));
    signal(out, at + THIRD, isFound ? 100 : 0);
    long += bodyStep(open, close, at);
    star += bodyStep(open, close, at + SECOND);
    short += bodyStep(open, close, at + THIRD);
  }
  return 0;
}
