import { near, nearStep, nearTotal, rangeStep, rangeTotal, TEN, tiny } from "./shared/average";
import {
  body,
  larger,
  lowerShadow,
  openRows,
  price,
  range,
  signal,
  smaller,
  upperShadow,
} from "./shared/candle";

/** A doji with two long shadows near the middle of its range. */
export function talibCdlrickshawman(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  const end = openRows(n, 10, out);
  if (end === 0) return 0;
  let doji = rangeTotal(high, low, TEN);
  let usual = nearTotal(high, low, TEN);
  for (let at: usize = TEN; at < end; at += 8) {
    const size = body(open, close, at);
    const middle = price(low, at) + range(high, low, at) / 2.0;
    const isFound = size <= tiny(doji) && lowerShadow(open, low, close, at) > size &&
      upperShadow(open, high, close, at) > size &&
      smaller(price(open, at), price(close, at)) <= middle + near(usual) &&
      larger(price(open, at), price(close, at)) >= middle - near(usual);
    signal(out, at, isFound ? 100 : 0);
    doji += rangeStep(high, low, at);
    usual += nearStep(high, low, at);
  }
  return 0;
}
