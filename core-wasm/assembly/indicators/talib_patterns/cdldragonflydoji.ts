import { rangeStep, rangeTotal, TEN, tiny } from "./shared/average";
import { body, lowerShadow, openRows, signal, upperShadow } from "./shared/candle";

/** A doji at the top of its range: a lower shadow and no upper one. */
export function talibCdldragonflydoji(
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
  let usual = rangeTotal(high, low, TEN);
  for (let at: usize = TEN; at < end; at += 8) {
    const limit = tiny(usual);
    const isFound = body(open, close, at) <= limit && upperShadow(open, high, close, at) < limit &&
      lowerShadow(open, low, close, at) > limit;
    signal(out, at, isFound ? 100 : 0);
    usual += rangeStep(high, low, at);
  }
  return 0;
}
