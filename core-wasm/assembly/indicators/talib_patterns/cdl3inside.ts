import { larger, smaller } from "../shared/choose";
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
  signed,
  THIRD,
} from "./shared/candle";

/** A long candle, a short one inside its body, and a third that closes beyond the first's open. */
export function talibCdl3inside(
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
  let short = bodyTotal(open, close, rowAt(10) + SECOND);
  for (let at = rowAt(10), end = rowAt(n); at + THIRD < end; at += 8) {
    const isWhiteFirst = isWhite(open, close, at);
    const isInside = larger(price(close, at + SECOND), price(open, at + SECOND)) <
        larger(price(close, at), price(open, at)) &
      smaller(price(close, at + SECOND), price(open, at + SECOND)) >
        smaller(price(close, at), price(open, at)) &
      body(open, close, at) > usualBody(long) & body(open, close, at + SECOND) <= usualBody(short);
    const isFound = isInside &&
      ((isWhiteFirst & isBlack(open, close, at + THIRD) &
        price(close, at + THIRD) < price(open, at)) |
        (!isWhiteFirst & isWhite(open, close, at + THIRD) &
          price(close, at + THIRD) > price(open, at)));
    signal(out, at + THIRD, isFound ? signed(!isWhiteFirst, 100) : 0);
    long += bodyStep(open, close, at);
    short += bodyStep(open, close, at + SECOND);
  }
  return 0;
}
