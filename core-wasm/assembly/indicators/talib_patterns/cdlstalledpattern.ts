import {
  bodyStep,
  bodyTotal,
  near,
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
  openRows,
  price,
  rowAt,
  SECOND,
  signal,
  THIRD,
  upperShadow,
} from "./shared/candle";

/** Two long rising white candles, then a short white one on the second's shoulder. */
export function talibCdlstalledpattern(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (!openRows(n, 12, out)) return 0;
  let first = bodyTotal(open, close, rowAt(10));
  let second = bodyTotal(open, close, rowAt(10) + SECOND);
  let third = bodyTotal(open, close, rowAt(10) + THIRD);
  let tail = rangeTotal(high, low, rowAt(10) + SECOND);
  let firstNear = nearTotal(high, low, rowAt(10));
  let secondNear = nearTotal(high, low, rowAt(10) + SECOND);
  for (let at = rowAt(10), end = rowAt(n); at + THIRD < end; at += 8) {
    const isFound = (isWhite(open, close, at) & isWhite(open, close, at + SECOND) &
      isWhite(open, close, at + THIRD) & price(close, at + THIRD) > price(close, at + SECOND) &
      price(close, at + SECOND) > price(close, at) & price(open, at + SECOND) > price(open, at) &
      price(open, at + SECOND) <= price(close, at) + near(firstNear) &
      price(open, at + THIRD) >=
        price(close, at + SECOND) - body(open, close, at + THIRD) - near(secondNear)) &&
      (body(open, close, at) > usualBody(first) &
        body(open, close, at + SECOND) > usualBody(second) &
        upperShadow(open, high, close, at + SECOND) < tiny(tail) &
        body(open, close, at + THIRD) < usualBody(third));
    signal(out, at + THIRD, isFound ? -100 : 0);
    first += bodyStep(open, close, at);
    second += bodyStep(open, close, at + SECOND);
    third += bodyStep(open, close, at + THIRD);
    tail += rangeStep(high, low, at + SECOND);
    firstNear += nearStep(high, low, at);
    secondNear += nearStep(high, low, at + SECOND);
  }
  return 0;
}
