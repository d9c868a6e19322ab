import { equal, nearStep, nearTotal } from "./shared/average";
import { isBlack, isWhite, openRows, price, rowAt, SECOND, signal, THIRD } from "./shared/candle";

/** A white candle between two black ones that close at the same price below its low. */
export function talibCdlsticksandwich(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (!openRows(n, 7, out)) return 0;
  let usual = nearTotal(high, low, rowAt(5));
  for (let at = rowAt(5), end = rowAt(n); at + THIRD < end; at += 8) {
    const isFound = price(close, at + THIRD) <= price(close, at) + equal(usual) &
      price(close, at + THIRD) >= price(close, at) - equal(usual) &
      price(low, at + SECOND) > price(close, at) & isBlack(open, close, at) &
      isWhite(open, close, at + SECOND) & isBlack(open, close, at + THIRD);
    signal(out, at + THIRD, isFound ? 100 : 0);
    usual += nearStep(high, low, at);
  }
  return 0;
}
