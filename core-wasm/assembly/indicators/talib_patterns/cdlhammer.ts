import { smaller } from "../shared/choose";
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
  lowerShadow,
  openRows,
  price,
  rowAt,
  SECOND,
  signal,
  upperShadow,
} from "./shared/candle";

/** A short body with a long lower shadow and no upper one, near or below the low before it. */
export function talibCdlhammer(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (!openRows(n, 11, out)) return 0;
  let short = bodyTotal(open, close, rowAt(10) + SECOND);
  let tail = rangeTotal(high, low, rowAt(10) + SECOND);
  let usual = nearTotal(high, low, rowAt(10));
  for (let at = rowAt(10), end = rowAt(n); at + SECOND < end; at += 8) {
    const size = body(open, close, at + SECOND);
    const isFound = lowerShadow(open, low, close, at + SECOND) > size &
      upperShadow(open, high, close, at + SECOND) < tiny(tail) & size < usualBody(short) &
      smaller(price(close, at + SECOND), price(open, at + SECOND)) <= price(low, at) + near(usual);
    signal(out, at + SECOND, isFound ? 100 : 0);
    short += bodyStep(open, close, at + SECOND);
    tail += rangeStep(high, low, at + SECOND);
    usual += nearStep(high, low, at);
  }
  return 0;
}
