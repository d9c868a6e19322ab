import {
  bodyStep,
  bodyTotal,
  equal,
  nearStep,
  nearTotal,
  rangeStep,
  rangeTotal,
  tiny,
  usualBody,
} from "./shared/average";
import {
  body,
  isWhite,
  lowerShadow,
  openRows,
  price,
  rowAt,
  SECOND,
  signal,
  signed,
  upperShadow,
} from "./shared/candle";

/** Two candles of opposite colours from the same open, the second a belt-hold. */
export function talibCdlseparatinglines(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (!openRows(n, 11, out)) return 0;
  let tail = rangeTotal(high, low, rowAt(10) + SECOND);
  let long = bodyTotal(open, close, rowAt(10) + SECOND);
  let usual = nearTotal(high, low, rowAt(10));
  for (let at = rowAt(10), end = rowAt(n); at + SECOND < end; at += 8) {
    const isUp = isWhite(open, close, at + SECOND);
    const limit = tiny(tail);
    const isFound = (isWhite(open, close, at) !== isUp &
      price(open, at + SECOND) <= price(open, at) + equal(usual) &
      price(open, at + SECOND) >= price(open, at) - equal(usual) &
      body(open, close, at + SECOND) > usualBody(long)) &&
      ((isUp & lowerShadow(open, low, close, at + SECOND) < limit) |
        (!isUp & upperShadow(open, high, close, at + SECOND) < limit));
    signal(out, at + SECOND, isFound ? signed(isUp, 100) : 0);
    tail += rangeStep(high, low, at + SECOND);
    long += bodyStep(open, close, at + SECOND);
    usual += nearStep(high, low, at);
  }
  return 0;
}
