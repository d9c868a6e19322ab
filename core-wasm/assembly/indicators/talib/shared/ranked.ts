/**
 * The value of one rank in a sliding window that nobody sorts: it is known how many values lie below it and
 * how many equal it. A row that comes and one that goes move the rank by at most one value, which is then
 * looked for in the window.
 */
import { countBelow, countEqual, largestBelow, smallestAbove } from "../../shared/rank";
import { at, put } from "./ta";

/**
 * Rows from `count` on; `value` is the rank's in the first window. No NaN and no zeros of two signs may be
 * among the rows.
 */
export function followRank(
  n: i32,
  real: usize,
  count: i32,
  rank: i32,
  value: f64,
  out: usize,
): void {
  const width = <usize> count << 3;
  let below = countBelow(real, real + width, value);
  let same = countEqual(real, real + width, value);
  for (let i = count; i < n; i++) {
    const oldest = at(real, i - count);
    const newest = at(real, i);
    below += i32(newest < value) - i32(oldest < value);
    same += i32(newest === value) - i32(oldest === value);
    if (rank < below) {
      const end = real + (<usize> i << 3) + 8;
      value = largestBelow(end - width, end, value);
      same = countEqual(end - width, end, value);
      below -= same;
    } else if (rank >= below + same) {
      const end = real + (<usize> i << 3) + 8;
      value = smallestAbove(end - width, end, value);
      below += same;
      same = countEqual(end - width, end, value);
    }
    put(out, i, value);
  }
}
