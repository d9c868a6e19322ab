import { columnSub } from "../../column/arithmetic";
import { pairs2 } from "../../column/shared/map";
import { emaOfMoves } from "../ema";
import { EMA, movingAverage, movingAverageLookback, resolveType } from "./moving_average";
import { EPSILON, fillNan } from "./ta";

/** Nothing where the slow average is nothing. */
class Percent {
  pair(fast: v128, slow: v128): v128 {
    const distance = f64x2.sub(fast, slow);
    const percent = f64x2.mul(f64x2.div(distance, slow), f64x2.splat(100.0));
    return v128.andnot(percent, f64x2.lt(f64x2.abs(slow), f64x2.splat(EPSILON)));
  }
}

/** The fast average less the slow one, or in percent of it. Scratch: one column, then an average's. */
export function priceOscillator(
  n: i32,
  real: usize,
  fastperiod: i32,
  slowperiod: i32,
  matype: i32,
  isPercent: bool,
  isVolume: bool,
  out: usize,
  scratch: usize,
): i32 {
  if (fastperiod < 2) return 1;
  if (slowperiod < 2) return 2;
  const type = resolveType(matype, EMA);
  const fast = min<i32>(fastperiod, slowperiod);
  const slow = max<i32>(fastperiod, slowperiod);
  const lookback = movingAverageLookback(slow, type);
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  const fastAverage = scratch;
  const rest = scratch + (<usize> n << 3);
  if (isVolume && type === EMA) {
    emaOfMoves(n, real, fast, fastAverage);
    emaOfMoves(n, real, slow, out);
  } else {
    if (movingAverage(n, real, fast, type, fastAverage, rest) !== 0) return 3;
    if (movingAverage(n, real, slow, type, out, rest) !== 0) return 3;
  }
  const from = <usize> lookback << 3;
  const rows = n - lookback;
  if (isPercent) return pairs2<Percent>(rows, fastAverage + from, out + from, out + from);
  return columnSub(rows, fastAverage + from, out + from, out + from, 0);
}
