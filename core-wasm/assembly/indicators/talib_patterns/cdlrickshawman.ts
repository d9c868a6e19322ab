import { larger, smaller } from "../shared/choose";
import { near, nearStep, nearTotal, rangeStep, rangeTotal, tiny } from "./shared/average";
import {
  body,
  lowerShadow,
  openRows,
  price,
  range,
  rowAt,
  signal,
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
  if (!openRows(n, 10, out)) return 0;
  let doji = rangeTotal(high, low, rowAt(10));
  let usual = nearTotal(high, low, rowAt(10));
  let limit = tiny(doji);
  let nearness = near(usual);
  for (let at = rowAt(10), end = rowAt(n); at < end; at += 8) {
    const size = body(open, close, at);
    const middle = price(low, at) + range(high, low, at) / 2.0;
    const isFound =
      (lowerShadow(open, low, close, at) > size & upperShadow(open, high, close, at) > size &
        smaller(price(open, at), price(close, at)) <= middle + nearness &
        larger(price(open, at), price(close, at)) >= middle - nearness) & size <= limit;
    signal(out, at, isFound ? 100 : 0);
    doji += rangeStep(high, low, at);
    usual += nearStep(high, low, at);
    limit = tiny(doji);
    nearness = near(usual);
  }
  return 0;
}
