import {
  isBlack,
  isWhite,
  openRows,
  price,
  rowAt,
  SECOND,
  signal,
  signed,
  THIRD,
} from "./shared/candle";

/** An engulfing candle that the next close confirms. The reference decides from the fourth row on. */
export function talibCdl3outside(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (!openRows(n, 3, out)) return 0;
  for (let at = rowAt(1), end = rowAt(n); at + THIRD < end; at += 8) {
    const isUp = isWhite(open, close, at + SECOND) & isBlack(open, close, at) &
      price(close, at + SECOND) > price(open, at) & price(open, at + SECOND) < price(close, at) &
      price(close, at + THIRD) > price(close, at + SECOND);
    const isDown = isBlack(open, close, at + SECOND) & isWhite(open, close, at) &
      price(open, at + SECOND) > price(close, at) & price(close, at + SECOND) < price(open, at) &
      price(close, at + THIRD) < price(close, at + SECOND);
    signal(out, at + THIRD, isUp | isDown ? signed(isUp, 100) : 0);
  }
  return 0;
}
