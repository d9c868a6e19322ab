import { bodyStep, bodyTotal, TEN, usualBody } from "./shared/average";
import {
  body,
  isBlack,
  isWhite,
  larger,
  openRows,
  price,
  SECOND,
  signal,
  signed,
  smaller,
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
  const end = openRows(n, 12, out);
  if (end === 0) return 0;
  let long = bodyTotal(open, close, TEN);
  let short = bodyTotal(open, close, TEN + SECOND);
  for (let at: usize = TEN; at + THIRD < end; at += 8) {
    const isInside = larger(price(close, at + SECOND), price(open, at + SECOND)) <
        larger(price(close, at), price(open, at)) &&
      smaller(price(close, at + SECOND), price(open, at + SECOND)) >
        smaller(price(close, at), price(open, at));
    const isWhiteFirst = isWhite(open, close, at);
    const isTurned = isWhiteFirst
      ? isBlack(open, close, at + THIRD) && price(close, at + THIRD) < price(open, at)
      : isWhite(open, close, at + THIRD) && price(close, at + THIRD) > price(open, at);
    const isFound = isInside && isTurned && body(open, close, at) > usualBody(long) &&
      body(open, close, at + SECOND) <= usualBody(short);
    signal(out, at + THIRD, isFound ? signed(!isWhiteFirst, 100) : 0);
    long += bodyStep(open, close, at);
    short += bodyStep(open, close, at + SECOND);
  }
  return 0;
}
