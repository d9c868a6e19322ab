import { emaOfMoves } from "./ema";
import { at, fillNan, put } from "./shared/ta";

/** The averaged range over its own average, summed. A flat market counts 1 a bar. Scratch: two columns. */
export function talibMassi(
  n: i32,
  high: usize,
  low: usize,
  fastperiod: i32,
  slowperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (fastperiod < 2) return 1;
  if (slowperiod < 2) return 2;
  const step = fastperiod - 1;
  const head = 2 * step;
  const lookback = head + slowperiod - 1;
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  const once = scratch;
  const twice = scratch + (<usize> n << 3);
  for (let i = 0; i < n; i++) put(twice, i, at(high, i) - at(low, i));
  emaOfMoves(n, twice, fastperiod, once);
  const skip = <usize> step << 3;
  emaOfMoves(n - step, once + skip, fastperiod, twice + skip);
  let total = 0.0;
  for (let i = head; i < n; i++) {
    const base = at(twice, i);
    const ratio = base === 0.0 ? 1.0 : at(once, i) / base;
    put(once, i, ratio);
    total += ratio;
    if (i < lookback) continue;
    put(out, i, total);
    total -= at(once, i - slowperiod + 1);
  }
  return 0;
}
