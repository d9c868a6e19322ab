import { columnIn } from "../technical/shared/columns";
import { windowRollingSum } from "../window/rolling_sum";
import { at, isObserved, put } from "../window/shared/rows";

/** Windows without volume repeat the last price. */
export function qtpylibRollingVwap(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  volume: usize,
  window: i32,
  minPeriods: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (window < 1) return 1;
  if (minPeriods > window) return 2;
  const weighted = columnIn(scratch, n, 0);
  const sums = columnIn(scratch, n, 1);
  for (let i = 0; i < n; i++) {
    const typical = (at(high, i) + at(low, i) + at(close, i)) / 3.0;
    put(weighted, i, at(volume, i) * typical);
  }
  windowRollingSum(n, weighted, window, minPeriods, out, 0);
  windowRollingSum(n, volume, window, minPeriods, sums, 0);
  let last: f64 = NaN;
  for (let i = 0; i < n; i++) {
    const price = at(out, i) / at(sums, i);
    if (isObserved(price)) last = price;
    put(out, i, last);
  }
  return 0;
}
