import { equal, near, nearStep, nearTotal } from "./shared/average";
import {
  body,
  isWhite,
  larger,
  openRows,
  price,
  rowAt,
  SECOND,
  signal,
  signed,
  smaller,
  THIRD,
} from "./shared/candle";

/** Two white candles of about the same open and size side by side beyond a gap. */
export function talibCdlgapsidesidewhite(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (!openRows(n, 7, out)) return 0;
  let usual = nearTotal(high, low, rowAt(5) + SECOND);
  let formerTop = larger(price(open, rowAt(5)), price(close, rowAt(5)));
  let formerBottom = smaller(price(open, rowAt(5)), price(close, rowAt(5)));
  for (let at = rowAt(5), end = rowAt(n); at + THIRD < end; at += 8) {
    const top = larger(price(open, at + SECOND), price(close, at + SECOND));
    const bottom = smaller(price(open, at + SECOND), price(close, at + SECOND));
    const isUp = bottom > formerTop;
    const isFound = isUp | top < formerBottom && (isUp
      ? smaller(price(open, at + THIRD), price(close, at + THIRD)) > formerTop
      : larger(price(open, at + THIRD), price(close, at + THIRD)) < formerBottom) &&
      (isWhite(open, close, at + SECOND) & isWhite(open, close, at + THIRD) &
        body(open, close, at + THIRD) >= body(open, close, at + SECOND) - near(usual) &
        body(open, close, at + THIRD) <= body(open, close, at + SECOND) + near(usual) &
        price(open, at + THIRD) >= price(open, at + SECOND) - equal(usual) &
        price(open, at + THIRD) <= price(open, at + SECOND) + equal(usual));
    signal(out, at + THIRD, isFound ? signed(isUp, 100) : 0);
    usual += nearStep(high, low, at + SECOND);
    formerTop = top;
    formerBottom = bottom;
  }
  return 0;
}
