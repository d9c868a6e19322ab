import { equal, nearStep, nearTotal, rangeStep, rangeTotal, tiny } from "./shared/average";
import {
  isBlack,
  lowerShadow,
  openRows,
  price,
  rowAt,
  SECOND,
  signal,
  THIRD,
} from "./shared/candle";

/** Three falling black candles without lower shadows, each opening at the close before it. */
export function talibCdlidentical3crows(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (!openRows(n, 12, out)) return 0;
  let first = rangeTotal(high, low, rowAt(10));
  let second = rangeTotal(high, low, rowAt(10) + SECOND);
  let third = rangeTotal(high, low, rowAt(10) + THIRD);
  let firstNear = nearTotal(high, low, rowAt(10));
  let secondNear = nearTotal(high, low, rowAt(10) + SECOND);
  for (let at = rowAt(10), end = rowAt(n); at + THIRD < end; at += 8) {
    const isFound = (isBlack(open, close, at) & isBlack(open, close, at + SECOND) &
      isBlack(open, close, at + THIRD) & price(close, at) > price(close, at + SECOND) &
      price(close, at + SECOND) > price(close, at + THIRD)) &&
      (price(open, at + SECOND) <= price(close, at) + equal(firstNear) &
        price(open, at + SECOND) >= price(close, at) - equal(firstNear) &
        price(open, at + THIRD) <= price(close, at + SECOND) + equal(secondNear) &
        price(open, at + THIRD) >= price(close, at + SECOND) - equal(secondNear) &
        lowerShadow(open, low, close, at) < tiny(first) &
        lowerShadow(open, low, close, at + SECOND) < tiny(second) &
        lowerShadow(open, low, close, at + THIRD) < tiny(third));
    signal(out, at + THIRD, isFound ? -100 : 0);
    first += rangeStep(high, low, at);
    second += rangeStep(high, low, at + SECOND);
    third += rangeStep(high, low, at + THIRD);
    firstNear += nearStep(high, low, at);
    secondNear += nearStep(high, low, at + SECOND);
  }
  return 0;
}
