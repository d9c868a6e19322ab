import { bodyStep, bodyTotal, TEN, usualBody } from "./shared/average";
import {
  body,
  FIFTH,
  FOURTH,
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

/** A long candle, three short ones against it within its range, and a long one that goes on its way. */
export function talibCdlrisefall3methods(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  const end = openRows(n, 14, out);
  if (end === 0) return 0;
  let first = bodyTotal(open, close, TEN);
  let second = bodyTotal(open, close, TEN + SECOND);
  let third = bodyTotal(open, close, TEN + THIRD);
  let fourth = bodyTotal(open, close, TEN + FOURTH);
  let fifth = bodyTotal(open, close, TEN + FIFTH);
  for (let at: usize = TEN; at + FIFTH < end; at += 8) {
    const isUp = isWhite(open, close, at);
    const sign = isUp ? 1.0 : -1.0;
    const isFound = isWhite(open, close, at + SECOND) !== isUp &&
      isWhite(open, close, at + THIRD) !== isUp && isWhite(open, close, at + FOURTH) !== isUp &&
      isWhite(open, close, at + FIFTH) === isUp &&
      smaller(price(open, at + SECOND), price(close, at + SECOND)) < price(high, at) &&
      larger(price(open, at + SECOND), price(close, at + SECOND)) > price(low, at) &&
      smaller(price(open, at + THIRD), price(close, at + THIRD)) < price(high, at) &&
      larger(price(open, at + THIRD), price(close, at + THIRD)) > price(low, at) &&
      smaller(price(open, at + FOURTH), price(close, at + FOURTH)) < price(high, at) &&
      larger(price(open, at + FOURTH), price(close, at + FOURTH)) > price(low, at) &&
      price(close, at + THIRD) * sign < price(close, at + SECOND) * sign &&
      price(close, at + FOURTH) * sign < price(close, at + THIRD) * sign &&
      price(open, at + FIFTH) * sign > price(close, at + FOURTH) * sign &&
      price(close, at + FIFTH) * sign > price(close, at) * sign &&
      body(open, close, at) > usualBody(first) &&
      body(open, close, at + SECOND) < usualBody(second) &&
      body(open, close, at + THIRD) < usualBody(third) &&
      body(open, close, at + FOURTH) < usualBody(fourth) &&
      body(open, close, at + FIFTH) > usualBody(fifth);
    signal(out, at + FIFTH, isFound ? signed(isUp, 100) : 0);
    first += bodyStep(open, close, at);
    second += bodyStep(open, close, at + SECOND);
    third += bodyStep(open, close, at + THIRD);
    fourth += bodyStep(open, close, at + FOURTH);
    fifth += bodyStep(open, close, at + FIFTH);
  }
  return 0;
}
