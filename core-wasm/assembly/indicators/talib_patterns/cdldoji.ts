import { rangeStep, rangeTotal, TEN, tiny } from "./shared/average";
import { body, openRows, signal } from "./shared/candle";

/** A candle that closes about where it opened. */
export function talibCdldoji(
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
    signal(out, at, body(open, close, at) <= tiny(doji) ? 100 : 0);
    doji += rangeStep(high, low, at);
  }
  return 0;
}
