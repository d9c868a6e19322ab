import { columnSub } from "../column/arithmetic";
import { Fma } from "../shared/fma";
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
  const ratios = scratch;
  const seeds = scratch + (<usize> n << 3);
  const skip = <usize> step << 3;
  columnSub(head + 1, high, low, seeds, 0);
  emaOfMoves(head + 1, seeds, fastperiod, ratios);
  emaOfMoves(head + 1 - step, ratios + skip, fastperiod, seeds + skip);
  let once = f64x2.splat(at(ratios, head));
  let twice = f64x2.splat(at(seeds, head));
  const factor = f64x2.splat(2.0 / f64(fastperiod + 1));
  let total = 0.0;
  for (let i = head; i < n; i++) {
    if (i > head) {
      const range = f64x2.splat(at(high, i) - at(low, i));
      once = Fma.freePair(f64x2.sub(range, once), factor, once);
      twice = Fma.freePair(f64x2.sub(once, twice), factor, twice);
    }
    const isFlat = f64x2.eq(twice, f64x2.splat(0.0));
    const ratio = v128.bitselect(f64x2.splat(1.0), f64x2.div(once, twice), isFlat);
    v128.store64_lane(ratios + (<usize> i << 3), ratio, 0);
    total += f64x2.extract_lane(ratio, 0);
    if (i < lookback) continue;
    put(out, i, total);
    total -= at(ratios, i - slowperiod + 1);
  }
  return 0;
}
