import { insertSorted, removeSorted } from "./shared/sorted";
import { at, fillNan, put } from "./shared/ta";

/** The nearest rank in the sorted window. Scratch: one window. */
export function talibPercentile(
  n: i32,
  real: usize,
  timeperiod: i32,
  percentile: f64,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  const head = timeperiod - 1;
  fillNan(out, n, head);
  const asked = i32(ceil<f64>(percentile * f64(timeperiod) / 100.0));
  const rank = max<i32>(1, min<i32>(timeperiod, asked)) - 1;
  let count = 0;
  for (let i = 0; i < n; i++) {
    if (count === timeperiod) {
      removeSorted(scratch, count, at(real, i - timeperiod));
      count--;
    }
    insertSorted(scratch, count, at(real, i));
    count++;
    if (i >= head) put(out, i, at(scratch, rank));
  }
  return 0;
}
