import { ExtremeRow } from "./shared/extreme_index";
import { fillNan, put } from "./shared/ta";

/** How recently the window had its extremes; of equal ones the last counts. */
export function talibAroon(
  n: i32,
  high: usize,
  low: usize,
  timeperiod: i32,
  aroondown: usize,
  aroonup: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  fillNan(aroondown, n, timeperiod);
  fillNan(aroonup, n, timeperiod);
  let lowest = -1;
  let highest = -1;
  const factor = 100.0 / f64(timeperiod);
  for (let i = timeperiod; i < n; i++) {
    lowest = ExtremeRow.min(lowest, low, i - timeperiod, i, true);
    highest = ExtremeRow.max(highest, high, i - timeperiod, i, true);
    put(aroonup, i, factor * f64(timeperiod - (i - highest)));
    put(aroondown, i, factor * f64(timeperiod - (i - lowest)));
  }
  return 0;
}
