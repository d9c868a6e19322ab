import { bodyStep, bodyTotal, rangeStep, rangeTotal, tiny, usualBody } from "./shared/average";
import {
  body,
  isBlack,
  lowerShadow,
  openRows,
  price,
  rowAt,
  SECOND,
  signal,
  THIRD,
  upperShadow,
} from "./shared/candle";

/** Three shrinking black candles: a long one with a long lower shadow, a smaller one with a higher low, a marubozu inside its range. */
export function talibCdl3starsinsouth(
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
  let second = rangeTotal(high, low, rowAt(10) + SECOND);
  let short = bodyTotal(open, close, rowAt(10) + THIRD);
  let third = rangeTotal(high, low, rowAt(10) + THIRD);
  for (let at = rowAt(10), end = rowAt(n); at + THIRD < end; at += 8) {
    const isFound = (isBlack(open, close, at) & isBlack(open, close, at + SECOND) &
      isBlack(open, close, at + THIRD) & price(low, at + THIRD) > price(low, at + SECOND) &
      price(high, at + THIRD) < price(high, at + SECOND) &
      price(low, at + SECOND) < price(close, at) & price(low, at + SECOND) >= price(low, at) &
      price(open, at + SECOND) > price(close, at) &
      price(open, at + SECOND) <= price(high, at)) &&
      (body(open, close, at + SECOND) < body(open, close, at) &
        lowerShadow(open, low, close, at) > body(open, close, at) &
        body(open, close, at) > usualBody(long) &
        lowerShadow(open, low, close, at + SECOND) > tiny(second) &
        body(open, close, at + THIRD) < usualBody(short) &
        lowerShadow(open, low, close, at + THIRD) < tiny(third) &
        upperShadow(open, high, close, at + THIRD) < tiny(third));
    signal(out, at + THIRD, isFound ? 100 : 0);
    long += bodyStep(open, close, at);
    second += rangeStep(high, low, at + SECOND);
    short += bodyStep(open, close, at + THIRD);
    third += rangeStep(high, low, at + THIRD);
  }
  return 0;
}
