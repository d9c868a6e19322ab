import { bodyStep, bodyTotal, equal, nearStep, nearTotal, usualBody } from "./shared/average";
import { body, isWhite, openRows, price, rowAt, SECOND, signal, signed } from "./shared/candle";

/** Two long candles of opposite colours that close at the same price. */
export function talibCdlcounterattack(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (!openRows(n, 11, out)) return 0;
  let near = nearTotal(high, low, rowAt(10));
  let first = bodyTotal(open, close, rowAt(10));
  let second = bodyTotal(open, close, rowAt(10) + SECOND);
  for (let at = rowAt(10), end = rowAt(n); at + SECOND < end; at += 8) {
    const isUp = isWhite(open, close, at + SECOND);
    const isFound = isWhite(open, close, at) !== isUp &
      price(close, at + SECOND) <= price(close, at) + equal(near) &
      price(close, at + SECOND) >= price(close, at) - equal(near) &
      body(open, close, at) > usualBody(first) & body(open, close, at + SECOND) > usualBody(second);
    signal(out, at + SECOND, isFound ? signed(isUp, 100) : 0);
    near += nearStep(high, low, at);
    first += bodyStep(open, close, at);
    second += bodyStep(open, close, at + SECOND);
  }
  return 0;
}
