import { bodyStep, bodyTotal, equal, nearStep, nearTotal, TEN, usualBody } from "./shared/average";
import { body, isWhite, openRows, price, SECOND, signal, signed } from "./shared/candle";

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
  const end = openRows(n, 11, out);
  if (end === 0) return 0;
  let near = nearTotal(high, low, TEN);
  let first = bodyTotal(open, close, TEN);
  let second = bodyTotal(open, close, TEN + SECOND);
  for (let at: usize = TEN; at + SECOND < end; at += 8) {
    const isUp = isWhite(open, close, at + SECOND);
    const isFound = isWhite(open, close, at) !== isUp &&
      price(close, at + SECOND) <= price(close, at) + equal(near) &&
      price(close, at + SECOND) >= price(close, at) - equal(near) &&
      body(open, close, at) > usualBody(first) &&
      body(open, close, at + SECOND) > usualBody(second);
    signal(out, at + SECOND, isFound ? signed(isUp, 100) : 0);
    near += nearStep(high, low, at);
    first += bodyStep(open, close, at);
    second += bodyStep(open, close, at + SECOND);
  }
  return 0;
}
