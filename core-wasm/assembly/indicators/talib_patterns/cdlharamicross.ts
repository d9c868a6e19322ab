import { larger, smaller } from "../shared/choose";
import { bodyStep, bodyTotal, rangeStep, rangeTotal, tiny, usualBody } from "./shared/average";
import { body, isBlack, openRows, price, rowAt, SECOND, signal, signed } from "./shared/candle";

/** A doji inside the long body before it; 80 when they share an end. */
export function talibCdlharamicross(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (!openRows(n, 11, out)) return 0;
  let long = bodyTotal(open, close, rowAt(10));
  let doji = rangeTotal(high, low, rowAt(10) + SECOND);
  for (let at = rowAt(10), end = rowAt(n); at + SECOND < end; at += 8) {
    const top = larger(price(close, at + SECOND), price(open, at + SECOND));
    const bottom = smaller(price(close, at + SECOND), price(open, at + SECOND));
    const outerTop = larger(price(close, at), price(open, at));
    const outerBottom = smaller(price(close, at), price(open, at));
    const isStrict = top < outerTop & bottom > outerBottom;
    const isFound = top <= outerTop & bottom >= outerBottom &
      body(open, close, at) > usualBody(long) & body(open, close, at + SECOND) <= tiny(doji);
    signal(out, at + SECOND, isFound ? signed(isBlack(open, close, at), isStrict ? 100 : 80) : 0);
    long += bodyStep(open, close, at);
    doji += rangeStep(high, low, at + SECOND);
  }
  return 0;
}
