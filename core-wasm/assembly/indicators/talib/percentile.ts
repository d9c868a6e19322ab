import { isOrdered } from "../shared/rank";
import { followRank } from "./shared/ranked";
import { firstAbove, firstFrom, insertAt, removeAt, sink } from "./shared/sorted";
import { at, fillNan, put } from "./shared/ta";

/**
 * The nearest rank in the sorted window. TA-Lib searches the window from its start for the first value that
 * is not in order, so a NaN ends the search and the window behind it stays unsorted, also long after the
 * NaN has left. Scratch: one window.
 */
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
  if (n <= head) return 0;
  const asked = i32(ceil<f64>(percentile * f64(timeperiod) / 100.0));
  const rank = max<i32>(1, min<i32>(timeperiod, asked)) - 1;
  for (let i = 0; i < head; i++) sink(scratch, i, at(real, i));
  const first = at(real, head);
  insertAt(scratch, firstAbove(scratch, head, first), head, first);
  put(out, head, at(scratch, rank));
  if (!isOrdered(n, real)) inPlaces(n, real, timeperiod, rank, out, scratch);
  else followRank(n, real, timeperiod, rank, at(scratch, rank), out);
  return 0;
}

/** The rows after the first window, whose values lie in `window`. */
function inPlaces(n: i32, real: usize, count: i32, rank: i32, out: usize, window: usize): void {
  const others = count - 1;
  for (let i = count; i < n; i++) {
    const oldest = firstFrom(window, count, at(real, i - count));
    removeAt(window, min<i32>(others, oldest), count);
    const newest = at(real, i);
    insertAt(window, firstAbove(window, others, newest), others, newest);
    put(out, i, at(window, rank));
  }
}
