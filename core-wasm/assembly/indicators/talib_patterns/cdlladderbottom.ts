import { rangeStep, rangeTotal, TEN, tiny } from "./shared/average";
import {
  FIFTH,
  FOURTH,
  isBlack,
  isWhite,
  openRows,
  price,
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
  const end = openRows(n, 14, out);
  if (end === 0) return 0;
  let tail = rangeTotal(high, low, TEN + FOURTH);
  for (let at: usize = TEN; at + FIFTH < end; at += 8) {
    const isFound = isBlack(open, close, at) & isBlack(open, close, at + SECOND) &
        isBlack(open, close, at + THIRD) & isBlack(open, close, at + FOURTH) &
        isWhite(open, close, at + FIFTH) &&
      price(close, at + FIFTH) > price(high, at + FOURTH) &&
      price(open, at + FIFTH) > price(open, at + FOURTH) &&
      price(open, at) > price(open, at + SECOND) &&
      price(open, at + SECOND) > price(open, at + THIRD) &&
      price(close, at) > price(close, at + SECOND) &&
      price(close, at + SECOND) > price(close, at + THIRD) &&
      upperShadow(open, high, close, at + FOURTH) > tiny(tail);
    signal(out, at + FIFTH, isFound ? 100 : 0);
    tail += rangeStep(high, low, at + FOURTH);
  }
  return 0;
}
