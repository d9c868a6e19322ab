import { rangeStep, rangeTotal, tiny } from "./shared/average";
import {
  FOURTH,
  isBlack,
  isWhite,
  lowerShadow,
  openRows,
  price,
  rowAt,
  SECOND,
  signal,
  THIRD,
} from "./shared/candle";

/** After a white candle three black ones without lower shadows, each opening in the body before it and closing lower. */
export function talibCdl3blackcrows(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (!openRows(n, 13, out)) return 0;
  let second = rangeTotal(high, low, rowAt(10) + SECOND);
  let third = rangeTotal(high, low, rowAt(10) + THIRD);
  let fourth = rangeTotal(high, low, rowAt(10) + FOURTH);
  for (let at = rowAt(10), end = rowAt(n); at + FOURTH < end; at += 8) {
    const isFound = (isBlack(open, close, at + SECOND) & isBlack(open, close, at + THIRD) &
      isBlack(open, close, at + FOURTH) & price(close, at + SECOND) > price(close, at + THIRD) &
      price(close, at + THIRD) > price(close, at + FOURTH) &
      price(open, at + THIRD) < price(open, at + SECOND) &
      price(open, at + THIRD) > price(close, at + SECOND) &
      price(open, at + FOURTH) < price(open, at + THIRD)) &&
      (isWhite(open, close, at) & price(open, at + FOURTH) > price(close, at + THIRD) &
        price(high, at) > price(close, at + SECOND) &
        lowerShadow(open, low, close, at + SECOND) < tiny(second) &
        lowerShadow(open, low, close, at + THIRD) < tiny(third) &
        lowerShadow(open, low, close, at + FOURTH) < tiny(fourth));
    signal(out, at + FOURTH, isFound ? -100 : 0);
    second += rangeStep(high, low, at + SECOND);
    third += rangeStep(high, low, at + THIRD);
    fourth += rangeStep(high, low, at + FOURTH);
  }
  return 0;
}
