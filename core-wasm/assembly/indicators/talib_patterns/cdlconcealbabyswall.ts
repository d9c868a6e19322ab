import { rangeStep, rangeTotal, TEN, tiny } from "./shared/average";
import {
  FOURTH,
  gapsDown,
  isBlack,
  lowerShadow,
  openRows,
  price,
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
  const end = openRows(n, 13, out);
  if (end === 0) return 0;
  let first = rangeTotal(high, low, TEN);
  let second = rangeTotal(high, low, TEN + SECOND);
  let third = rangeTotal(high, low, TEN + THIRD);
  for (let at: usize = TEN; at + FOURTH < end; at += 8) {
    const isFound = isBlack(open, close, at) & isBlack(open, close, at + SECOND) &
        isBlack(open, close, at + THIRD) & isBlack(open, close, at + FOURTH) &&
      gapsDown(open, close, at + THIRD, at + SECOND) &&
      price(high, at + THIRD) > price(close, at + SECOND) &&
      price(high, at + FOURTH) > price(high, at + THIRD) &&
      price(low, at + FOURTH) < price(low, at + THIRD) &&
      upperShadow(open, high, close, at + THIRD) > tiny(third) &&
      lowerShadow(open, low, close, at) < tiny(first) &&
      upperShadow(open, high, close, at) < tiny(first) &&
      lowerShadow(open, low, close, at + SECOND) < tiny(second) &&
      upperShadow(open, high, close, at + SECOND) < tiny(second);
    signal(out, at + FOURTH, isFound ? 100 : 0);
    first += rangeStep(high, low, at);
    second += rangeStep(high, low, at + SECOND);
    third += rangeStep(high, low, at + THIRD);
  }
  return 0;
}
