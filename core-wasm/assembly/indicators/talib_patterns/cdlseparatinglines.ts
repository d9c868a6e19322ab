import {
  bodyStep,
  bodyTotal,
  equal,
  nearStep,
  nearTotal,
  rangeStep,
  rangeTotal,
  TEN,
  tiny,
  usualBody,
} from "./shared/average";
import {
  body,
  isWhite,
  lowerShadow,
  openRows,
  price,
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
  const end = openRows(n, 11, out);
  if (end === 0) return 0;
  let tail = rangeTotal(high, low, TEN + SECOND);
  let long = bodyTotal(open, close, TEN + SECOND);
  let usual = nearTotal(high, low, TEN);
  for (let at: usize = TEN; at + SECOND < end; at += 8) {
    const isUp = isWhite(open, close, at + SECOND);
    const isFound = isWhite(open, close, at) !== isUp &&
      price(open, at + SECOND) <= price(open, at) + equal(usual) &&
      price(open, at + SECOND) >= price(open, at) - equal(usual) &&
      body(open, close, at + SECOND) > usualBody(long) && (isUp
            ? lowerShadow(open, low, close, at + SECOND)
            : upperShadow(open, high, close, at + SECOND)) < tiny(tail);
    signal(out, at + SECOND, isFound ? signed(isUp, 100) : 0);
    tail += rangeStep(high, low, at + SECOND);
    long += bodyStep(open, close, at + SECOND);
    usual += nearStep(high, low, at);
  }
  return 0;
}
