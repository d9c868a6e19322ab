import { isWhite, openRows, price, SECOND, signal, signed, THIRD } from "./shared/candle";

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
  const end = openRows(n, 3, out);
  for (let at: usize = 8; at + THIRD < end; at += 8) {
    const isUp = isWhite(open, close, at + SECOND);
    const isFound = isWhite(open, close, at) !== isUp &&
      (isUp
        ? price(close, at + SECOND) > price(open, at) &&
          price(open, at + SECOND) < price(close, at) &&
          price(close, at + THIRD) > price(close, at + SECOND)
        : price(open, at + SECOND) > price(close, at) &&
          price(close, at + SECOND) < price(open, at) &&
          price(close, at + THIRD) < price(close, at + SECOND));
    signal(out, at + THIRD, isFound ? signed(isUp, 100) : 0);
  }
  return 0;
}
