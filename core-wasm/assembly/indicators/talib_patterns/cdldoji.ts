import { rangeStepPair, rangeTotal, tiny, tinyPair } from "./shared/average";
import { body, bodyPair, openRows, rowAt, SECOND, signal, signalPair } from "./shared/candle";

/** A candle that closes about where it opened. Two rows at a time, for there is little else to do. */
export function talibCdldoji(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (!openRows(n, 10, out)) return 0;
  const end = rowAt(n);
  let at = rowAt(10);
  let total = rangeTotal(high, low, at);
  for (; at + SECOND < end; at += 2 * SECOND) {
    const steps = rangeStepPair(high, low, at);
    const next = total + f64x2.extract_lane(steps, 0);
    const limits = tinyPair(f64x2.replace_lane(f64x2.splat(total), 1, next));
    signalPair(out, at, f64x2.le(bodyPair(open, close, at), limits), 100);
    total = next + f64x2.extract_lane(steps, 1);
  }
  if (at < end) signal(out, at, body(open, close, at) <= tiny(total) ? 100 : 0);
  return 0;
}
