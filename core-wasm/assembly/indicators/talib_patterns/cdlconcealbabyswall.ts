import { rangeStep, rangeTotal, tiny } from "./shared/average";
import {
  FOURTH,
  gapsDown,
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

/** Two black marubozus, a black candle below them whose shadow reaches back, and a black one that engulfs it. */
export function talibCdlconcealbabyswall(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (!openRows(n, 13, out)) return 0;
  let first = rangeTotal(high, low, rowAt(10));
  let second = rangeTotal(high, low, rowAt(10) + SECOND);
  let third = rangeTotal(high, low, rowAt(10) + THIRD);
  for (let at = rowAt(10), end = rowAt(n); at + FOURTH < end; at += 8) {
    const isFound = (gapsDown(open, close, at + THIRD, at + SECOND) & isBlack(open, close, at) &
      isBlack(open, close, at + SECOND) & isBlack(open, close, at + THIRD) &
      isBlack(open, close, at + FOURTH)) &&
      (price(high, at + THIRD) > price(close, at + SECOND) &
        price(high, at + FOURTH) > price(high, at + THIRD) &
        price(low, at + FOURTH) < price(low, at + THIRD) &
        upperShadow(open, high, close, at + THIRD) > tiny(third) &
        lowerShadow(open, low, close, at) < tiny(first) &
        upperShadow(open, high, close, at) < tiny(first) &
        lowerShadow(open, low, close, at + SECOND) < tiny(second) &
        upperShadow(open, high, close, at + SECOND) < tiny(second));
    signal(out, at + FOURTH, isFound ? 100 : 0);
    first += rangeStep(high, low, at);
    second += rangeStep(high, low, at + SECOND);
    third += rangeStep(high, low, at + THIRD);
  }
  return 0;
}
