import { windowRollingSum } from "../window/rolling_sum";
import { at, put } from "../window/shared/rows";
import { columnIn } from "./shared/columns";

export function technicalVwma(
  n: i32,
  close: usize,
  volume: usize,
  window: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (window < 1) return 1;
  const weighted = columnIn(scratch, n, 0);
  for (let i = 0; i < n; i++) put(weighted, i, at(close, i) * at(volume, i));
  return shareOfSums(n, weighted, volume, window, out, scratch);
}

/** Chaikin's money flow; a bar without height makes its windows NaN. */
export function technicalCmf(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  volume: usize,
  period: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (period < 1) return 1;
  const flow = columnIn(scratch, n, 0);
  for (let i = 0; i < n; i++) {
    const top = at(high, i);
    const bottom = at(low, i);
    const price = at(close, i);
    put(flow, i, (price - bottom - (top - price)) / (top - bottom) * at(volume, i));
  }
  return shareOfSums(n, flow, volume, period, out, scratch);
}

/** The sum of the scratch's first column over that of `whole`. */
function shareOfSums(
  n: i32,
  part: usize,
  whole: usize,
  window: i32,
  out: usize,
  scratch: usize,
): i32 {
  const sums = columnIn(scratch, n, 1);
  windowRollingSum(n, part, window, 0, out, scratch);
  windowRollingSum(n, whole, window, 0, sums, scratch);
  for (let i = 0; i < n; i++) put(out, i, at(out, i) / at(sums, i));
  return 0;
}
