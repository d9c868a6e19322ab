import { advanceMax, advanceMin, EXTREME_BYTES, extremeAt } from "./shared/extreme_index";
import { fillNan, put } from "./shared/ta";

/** How recently the window had its extremes; of equal ones the last counts. */
export function talibAroonosc(
  n: i32,
  high: usize,
  low: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  fillNan(out, n, timeperiod);
  const lowest = extremeAt(scratch);
  const highest = extremeAt(scratch + EXTREME_BYTES);
  const factor = 100.0 / f64(timeperiod);
  for (let i = timeperiod; i < n; i++) {
    advanceMin(lowest, low, i - timeperiod, i, true);
    advanceMax(highest, high, i - timeperiod, i, true);
    put(out, i, factor * f64(highest.row - lowest.row));
  }
  return 0;
}
