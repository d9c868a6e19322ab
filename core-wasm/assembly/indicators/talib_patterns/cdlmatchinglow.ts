import { equal, nearStep, nearTotal } from "./shared/average";
import { isBlack, openRows, price, rowAt, SECOND, signal } from "./shared/candle";

/** Two black candles that close at the same price. */
export function talibCdlmatchinglow(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (!openRows(n, 6, out)) return 0;
  let usual = nearTotal(high, low, rowAt(5));
  for (let at = rowAt(5), end = rowAt(n); at + SECOND < end; at += 8) {
    const isFound = price(close, at + SECOND) <= price(close, at) + equal(usual) &
      price(close, at + SECOND) >= price(close, at) - equal(usual) & isBlack(open, close, at) &
      isBlack(open, close, at + SECOND);
    signal(out, at + SECOND, isFound ? 100 : 0);
    usual += nearStep(high, low, at);
  }
  return 0;
}
