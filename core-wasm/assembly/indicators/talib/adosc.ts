import { Fma } from "../shared/fma";
import { moneyFlow } from "./shared/money_flow";
import { fillNan, put } from "./shared/ta";

/** Both averages of the accumulated flow start with its first value. */
export function talibAdosc(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  volume: usize,
  fastperiod: i32,
  slowperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (fastperiod < 2) return 1;
  if (slowperiod < 2) return 2;
  const lookback = max<i32>(fastperiod, slowperiod) - 1;
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  const fastShare = 2.0 / f64(fastperiod + 1);
  const slowShare = 2.0 / f64(slowperiod + 1);
  const shares = f64x2.replace_lane(f64x2.splat(fastShare), 1, slowShare);
  const kept = f64x2.sub(f64x2.splat(1.0), shares);
  let line = 0.0 + moneyFlow(high, low, close, volume, 0);
  let averages = f64x2.splat(line);
  for (let i = 1; i < n; i++) {
    line += moneyFlow(high, low, close, volume, i);
    averages = Fma.freePair(averages, kept, f64x2.mul(shares, f64x2.splat(line)));
    if (i < lookback) continue;
    put(out, i, f64x2.extract_lane(averages, 0) - f64x2.extract_lane(averages, 1));
  }
  return 0;
}
