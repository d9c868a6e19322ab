import { rangeStep, rangeTotal, tiny } from "./shared/average";
import { body, lowerShadow, openRows, rowAt, signal, upperShadow } from "./shared/candle";

/** A doji with at least one long shadow. */
export function talibCdllongleggeddoji(
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
  for (let at = rowAt(10), end = rowAt(n); at < end; at += 8) {
    const size = body(open, close, at);
    const isFound = size <= tiny(doji) &
      (lowerShadow(open, low, close, at) > size | upperShadow(open, high, close, at) > size);
    signal(out, at, isFound ? 100 : 0);
    doji += rangeStep(high, low, at);
  }
  return 0;
}
