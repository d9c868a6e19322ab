import {
  bodyStep,
  bodyTotal,
  far,
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

/** Three white candles without upper shadows, each closing higher and opening in or near the body before it. */
export function talibCdl3whitesoldiers(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (!openRows(n, 12, out)) return 0;
  let first = rangeTotal(high, low, rowAt(10));
  let second = rangeTotal(high, low, rowAt(10) + SECOND);
  let third = rangeTotal(high, low, rowAt(10) + THIRD);
  let firstNear = nearTotal(high, low, rowAt(10));
  let secondNear = nearTotal(high, low, rowAt(10) + SECOND);
  let short = bodyTotal(open, close, rowAt(10) + THIRD);
  for (let at = rowAt(10), end = rowAt(n); at + THIRD < end; at += 8) {
    const isFound = (isWhite(open, close, at) & isWhite(open, close, at + SECOND) &
      isWhite(open, close, at + THIRD) & price(close, at + THIRD) > price(close, at + SECOND) &
      price(close, at + SECOND) > price(close, at) & price(open, at + SECOND) > price(open, at) &
      price(open, at + THIRD) > price(open, at + SECOND) &
      upperShadow(open, high, close, at) < tiny(first)) &&
      (upperShadow(open, high, close, at + SECOND) < tiny(second) &
        upperShadow(open, high, close, at + THIRD) < tiny(third) &
        price(open, at + SECOND) <= price(close, at) + near(firstNear) &
        price(open, at + THIRD) <= price(close, at + SECOND) + near(secondNear) &
        body(open, close, at + SECOND) > body(open, close, at) - far(firstNear) &
        body(open, close, at + THIRD) > body(open, close, at + SECOND) - far(secondNear) &
        body(open, close, at + THIRD) > usualBody(short));
    signal(out, at + THIRD, isFound ? 100 : 0);
    first += rangeStep(high, low, at);
    second += rangeStep(high, low, at + SECOND);
    third += rangeStep(high, low, at + THIRD);
    firstNear += nearStep(high, low, at);
    secondNear += nearStep(high, low, at + SECOND);
    short += bodyStep(open, close, at + THIRD);
  }
  return 0;
}
