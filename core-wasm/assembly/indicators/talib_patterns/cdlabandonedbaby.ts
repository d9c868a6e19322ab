import { fma } from "../shared/fma";
import { bodyStep, bodyTotal, rangeStep, rangeTotal, tiny, usualBody } from "./shared/average";
import {
  body,
  isWhite,
  openRows,
  price,
  rowAt,
  SECOND,
  signal,
  signed,
  THIRD,
} from "./shared/candle";

/** A doji that gaps, shadows included, away from the long candle before it and from the one after it. */
export function talibCdlabandonedbaby(
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
  let doji = rangeTotal(high, low, rowAt(10) + SECOND);
  let short = bodyTotal(open, close, rowAt(10) + THIRD);
  for (let at = rowAt(10), end = rowAt(n); at + THIRD < end; at += 8) {
    const isUp = isWhite(open, close, at + THIRD);
    const isBelow = price(high, at + SECOND) < price(low, at) &
      price(low, at + THIRD) > price(high, at + SECOND);
    const isAbove = price(low, at + SECOND) > price(high, at) &
      price(high, at + THIRD) < price(low, at + SECOND);
    const isFound = ((isUp & isBelow) | (!isUp & isAbove)) &&
      (isWhite(open, close, at) !== isUp &
        body(open, close, at) > usualBody(long) & body(open, close, at + SECOND) <= tiny(doji) &
        body(open, close, at + THIRD) > usualBody(short)) &&
      (isUp
        ? price(close, at + THIRD) > fma(body(open, close, at), penetration, price(close, at))
        : price(close, at + THIRD) < price(close, at) - body(open, close, at) * penetration);
    signal(out, at + THIRD, isFound ? signed(isUp, 100) : 0);
    long += bodyStep(open, close, at);
    doji += rangeStep(high, low, at + SECOND);
    short += bodyStep(open, close, at + THIRD);
  }
  return 0;
}
