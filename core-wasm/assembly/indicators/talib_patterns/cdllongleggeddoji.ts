import { rangeStep, rangeTotal, TEN, tiny } from "./shared/average";
import { body, lowerShadow, openRows, signal, upperShadow } from "./shared/candle";

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
  const end = openRows(n, 10, out);
  if (end === 0) return 0;
  let doji = rangeTotal(high, low, TEN);
  for (let at: usize = TEN; at < end; at += 8) {
    const size = body(open, close, at);
    const isFound = size <= tiny(doji) &&
      (lowerShadow(open, low, close, at) > size || upperShadow(open, high, close, at) > size);
    signal(out, at, isFound ? 100 : 0);
    doji += rangeStep(high, low, at);
  }
  return 0;
}
