import { bodyStep, bodyTotal, rangeStep, rangeTotal, tiny, usualBody } from "./shared/average";
import {
  body,
  isWhite,
  lowerShadow,
  openRows,
  price,
  rowAt,
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
  if (!openRows(n, 11, out)) return 0;
  let firstTail = rangeTotal(high, low, rowAt(10));
  let secondTail = rangeTotal(high, low, rowAt(10) + SECOND);
  let first = bodyTotal(open, close, rowAt(10));
  let second = bodyTotal(open, close, rowAt(10) + SECOND);
  for (let at = rowAt(10), end = rowAt(n); at + SECOND < end; at += 8) {
    const isUp = isWhite(open, close, at + SECOND);
    const isApart = (isUp & price(low, at + SECOND) > price(high, at)) |
      (!isUp & price(high, at + SECOND) < price(low, at));
    const firstLimit = tiny(firstTail);
    const secondLimit = tiny(secondTail);
    const isFound = isApart &&
      (isWhite(open, close, at) !== isUp &
        body(open, close, at) > usualBody(first) & upperShadow(open, high, close, at) < firstLimit &
        lowerShadow(open, low, close, at) < firstLimit &
        body(open, close, at + SECOND) > usualBody(second) &
        upperShadow(open, high, close, at + SECOND) < secondLimit &
        lowerShadow(open, low, close, at + SECOND) < secondLimit);
    signal(
      out,
      at + SECOND,
      isFound ? signed(body(open, close, at + SECOND) > body(open, close, at) === isUp, 100) : 0,
    );
    firstTail += rangeStep(high, low, at);
    secondTail += rangeStep(high, low, at + SECOND);
    first += bodyStep(open, close, at);
    second += bodyStep(open, close, at + SECOND);
  }
  return 0;
}
