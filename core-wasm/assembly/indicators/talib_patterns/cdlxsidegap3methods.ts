import { larger, smaller } from "../shared/choose";
import {
  gapsDown,
  gapsUp,
  isWhite,
  openRows,
  price,
  rowAt,
  SECOND,
  signal,
  signed,
  THIRD,
} from "./shared/candle";

/** A gap between two candles of one colour that a third of the other colour closes. */
export function talibCdlxsidegap3methods(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (!openRows(n, 2, out)) return 0;
  for (let at = rowAt(0), end = rowAt(n); at + THIRD < end; at += 8) {
    const isUp = gapsUp(open, close, at + SECOND, at);
    const isDown = gapsDown(open, close, at + SECOND, at);
    const isFound = (isUp | isDown) &&
      (isWhite(open, close, at) === isUp & isWhite(open, close, at + SECOND) === isUp &
        isWhite(open, close, at + THIRD) !== isUp &
        price(open, at + THIRD) < larger(price(close, at + SECOND), price(open, at + SECOND)) &
        price(open, at + THIRD) > smaller(price(close, at + SECOND), price(open, at + SECOND)) &
        price(close, at + THIRD) < larger(price(close, at), price(open, at)) &
        price(close, at + THIRD) > smaller(price(close, at), price(open, at)));
    signal(out, at + THIRD, isFound ? signed(isUp, 100) : 0);
  }
  return 0;
}
