import { rangeStep, rangeTotal, tiny } from "./shared/average";
import { body, lowerShadow, openRows, rowAt, signal, upperShadow } from "./shared/candle";

/** A doji at the bottom of its range: an upper shadow and no lower one. */
export function talibCdlgravestonedoji(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (!openRows(n, 10, out)) return 0;
  let usual = rangeTotal(high, low, rowAt(10));
  for (let at = rowAt(10), end = rowAt(n); at < end; at += 8) {
    const limit = tiny(usual);
    const isFound = body(open, close, at) <= limit & lowerShadow(open, low, close, at) < limit &
      upperShadow(open, high, close, at) > limit;
    signal(out, at, isFound ? 100 : 0);
    usual += rangeStep(high, low, at);
  }
  return 0;
}
