import { bodyStep, bodyTotal, rangeStep, rangeTotal, TEN, tiny, usualBody } from "./shared/average";
import { body, isWhite, openRows, price, SECOND, signal, signed, THIRD } from "./shared/candle";

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
  const end = openRows(n, 12, out);
  if (end === 0) return 0;
  let long = bodyTotal(open, close, TEN);
  let doji = rangeTotal(high, low, TEN + SECOND);
  let short = bodyTotal(open, close, TEN + THIRD);
  for (let at: usize = TEN; at + THIRD < end; at += 8) {
    const isUp = isWhite(open, close, at + THIRD);
    const reach = body(open, close, at) * penetration;
    const isApart = isUp
      ? price(high, at + SECOND) < price(low, at) &&
        price(low, at + THIRD) > price(high, at + SECOND)
      : price(low, at + SECOND) > price(high, at) &&
        price(high, at + THIRD) < price(low, at + SECOND);
    const isFound = isApart && isWhite(open, close, at) !== isUp && (isUp
      ? price(close, at + THIRD) > price(close, at) + reach
      : price(close, at + THIRD) < price(close, at) - reach) &&
      body(open, close, at) > usualBody(long) && body(open, close, at + SECOND) <= tiny(doji) &&
      body(open, close, at + THIRD) > usualBody(short);
    signal(out, at + THIRD, isFound ? signed(isUp, 100) : 0);
    long += bodyStep(open, close, at);
    doji += rangeStep(high, low, at + SECOND);
    short += bodyStep(open, close, at + THIRD);
  }
  return 0;
}
