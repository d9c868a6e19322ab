import { rangeStep, rangeTotal, tiny } from "./shared/average";
import {
  FIFTH,
  FOURTH,
  isBlack,
  isWhite,
  openRows,
  price,
  rowAt,
  SECOND,
  signal,
  THIRD,
  upperShadow,
} from "./shared/candle";

/** Three falling black candles, a fourth with an upper shadow, and a white one that closes above its high. */
export function talibCdlladderbottom(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (!openRows(n, 14, out)) return 0;
  let tail = rangeTotal(high, low, rowAt(10) + FOURTH);
  for (let at = rowAt(10), end = rowAt(n); at + FIFTH < end; at += 8) {
    const isFound =
      (price(close, at + FIFTH) > price(high, at + FOURTH) & isWhite(open, close, at + FIFTH) &
        isBlack(open, close, at + FOURTH) & price(open, at + FIFTH) > price(open, at + FOURTH)) &&
      (isBlack(open, close, at) & isBlack(open, close, at + SECOND) &
        isBlack(open, close, at + THIRD) & price(open, at) > price(open, at + SECOND) &
        price(open, at + SECOND) > price(open, at + THIRD) &
        price(close, at) > price(close, at + SECOND) &
        price(close, at + SECOND) > price(close, at + THIRD) &
        upperShadow(open, high, close, at + FOURTH) > tiny(tail));
    signal(out, at + FIFTH, isFound ? 100 : 0);
    tail += rangeStep(high, low, at + FOURTH);
  }
  return 0;
}
