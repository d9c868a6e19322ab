import {
  bodyStep,
  bodyTotal,
  far,
  near,
  nearStep,
  nearTotal,
  shadowStep,
  shadowTotal,
  shortShadow,
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

/** Three white candles that still close higher but weaken: bodies shrink or upper shadows grow. */
export function talibCdladvanceblock(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (!openRows(n, 12, out)) return 0;
  let long = bodyTotal(open, close, rowAt(10));
  let firstShadow = shadowTotal(open, high, low, close, rowAt(10));
  let secondShadow = shadowTotal(open, high, low, close, rowAt(10) + SECOND);
  let thirdShadow = shadowTotal(open, high, low, close, rowAt(10) + THIRD);
  let firstNear = nearTotal(high, low, rowAt(10));
  let secondNear = nearTotal(high, low, rowAt(10) + SECOND);
  for (let at = rowAt(10), end = rowAt(n); at + THIRD < end; at += 8) {
    const isRise = isWhite(open, close, at) & isWhite(open, close, at + SECOND) &
      isWhite(open, close, at + THIRD) & price(close, at + THIRD) > price(close, at + SECOND) &
      price(close, at + SECOND) > price(close, at) & price(open, at + SECOND) > price(open, at) &
      price(open, at + THIRD) > price(open, at + SECOND) &
      price(open, at + SECOND) <= price(close, at) + near(firstNear) &
      price(open, at + THIRD) <= price(close, at + SECOND) + near(secondNear) &
      body(open, close, at) > usualBody(long);
    const isFound = isRise && upperShadow(open, high, close, at) < shortShadow(firstShadow) &&
      ((body(open, close, at + SECOND) < body(open, close, at) - far(firstNear) &
        body(open, close, at + THIRD) < body(open, close, at + SECOND) + near(secondNear)) |
        body(open, close, at + THIRD) < body(open, close, at + SECOND) - far(secondNear) |
        (body(open, close, at + THIRD) < body(open, close, at + SECOND) &
          (upperShadow(open, high, close, at + THIRD) > body(open, close, at + THIRD) |
            (body(open, close, at + SECOND) < body(open, close, at) &
              (upperShadow(open, high, close, at + THIRD) > shortShadow(thirdShadow) |
                upperShadow(open, high, close, at + SECOND) > shortShadow(secondShadow))))));
    signal(out, at + THIRD, isFound ? -100 : 0);
    long += bodyStep(open, close, at);
    firstShadow += shadowStep(open, high, low, close, at);
    secondShadow += shadowStep(open, high, low, close, at + SECOND);
    thirdShadow += shadowStep(open, high, low, close, at + THIRD);
    firstNear += nearStep(high, low, at);
    secondNear += nearStep(high, low, at + SECOND);
  }
  return 0;
}
