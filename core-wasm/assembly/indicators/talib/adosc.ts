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
  const fastKept = 1.0 - fastShare;
  const slowKept = 1.0 - slowShare;
  let line = 0.0 + moneyFlow(high, low, close, volume, 0);
  let fast = line;
  let slow = line;
  for (let i = 1; i < n; i++) {
    line += moneyFlow(high, low, close, volume, i);
    fast = Fma.decay(fastKept, 1.0 - fastKept, fast, fastShare * line);
    slow = Fma.decay(slowKept, 1.0 - slowKept, slow, slowShare * line);
    if (i >= lookback) put(out, i, fast - slow);
  }
  return 0;
}
