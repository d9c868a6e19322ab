import { bodyStep, bodyTotal, rangeStep, rangeTotal, TEN, tiny, usualBody } from "./shared/average";
import {
  body,
  isWhite,
  lowerShadow,
  openRows,
  price,
  SECOND,
  signal,
  signed,
  upperShadow,
} from "./shared/candle";

/** Two marubozus of opposite colours with a gap between them; the longer one decides the direction. */
export function talibCdlkickingbylength(
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
  let firstTail = rangeTotal(high, low, TEN);
  let secondTail = rangeTotal(high, low, TEN + SECOND);
  let first = bodyTotal(open, close, TEN);
  let second = bodyTotal(open, close, TEN + SECOND);
  for (let at: usize = TEN; at + SECOND < end; at += 8) {
    const isUp = isWhite(open, close, at + SECOND);
    const isApart = isUp
      ? price(low, at + SECOND) > price(high, at)
      : price(high, at + SECOND) < price(low, at);
    const firstLimit = tiny(firstTail);
    const secondLimit = tiny(secondTail);
    const isFound = isApart && isWhite(open, close, at) !== isUp &&
      body(open, close, at) > usualBody(first) && upperShadow(open, high, close, at) < firstLimit &&
      lowerShadow(open, low, close, at) < firstLimit &&
      body(open, close, at + SECOND) > usualBody(second) &&
      upperShadow(open, high, close, at + SECOND) < secondLimit &&
      lowerShadow(open, low, close, at + SECOND) < secondLimit;
    signal(
      out,
      at + SECOND,
      isFound
        ? signed(body(open, close, at + SECOND) > body(open, close, at) ? isUp : !isUp, 100)
        : 0,
    );
    firstTail += rangeStep(high, low, at);
    secondTail += rangeStep(high, low, at + SECOND);
    first += bodyStep(open, close, at);
    second += bodyStep(open, close, at + SECOND);
  }
  return 0;
}
