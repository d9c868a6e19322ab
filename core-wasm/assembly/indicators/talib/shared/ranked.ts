/**
 * The value of one rank in a sliding window that nobody sorts: it is known how many values lie below it and
 * how many equal it. A row that comes and one that goes move the rank by at most one value, which is then
 * looked for in the window.
 */
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

function countBelow(from: usize, end: usize, value: f64): i32 {
  let count = 0;
  for (; from < end; from += 8) count += i32(load<f64>(from) < value);
  return count;
}

function countEqual(from: usize, end: usize, value: f64): i32 {
  const values = f64x2.splat(value);
  let counts = i64x2.splat(0);
  for (; from + 16 <= end; from += 16) {
    counts = i64x2.sub(counts, f64x2.eq(v128.load(from), values));
  }
  const count = i32(i64x2.extract_lane(counts, 0) + i64x2.extract_lane(counts, 1));
  return from < end ? count + i32(load<f64>(from) === value) : count;
}

function largestBelow(from: usize, end: usize, value: f64): f64 {
  const values = f64x2.splat(value);
  const none = f64x2.splat(-Infinity);
  let best = none;
  for (; from + 16 <= end; from += 16) {
    const pair = v128.load(from);
    best = f64x2.pmax(best, v128.bitselect(pair, none, f64x2.lt(pair, values)));
  }
  if (from < end) {
    const last = v128.load64_splat(from);
    best = f64x2.pmax(best, v128.bitselect(last, none, f64x2.lt(last, values)));
  }
  return f64x2.extract_lane(f64x2.pmax(best, v128.shuffle<f64>(best, best, 1, 0)), 0);
}

function smallestAbove(from: usize, end: usize, value: f64): f64 {
  const values = f64x2.splat(value);
  const none = f64x2.splat(Infinity);
  let best = none;
  for (; from + 16 <= end; from += 16) {
    const pair = v128.load(from);
    best = f64x2.pmin(best, v128.bitselect(pair, none, f64x2.gt(pair, values)));
  }
  if (from < end) {
    const last = v128.load64_splat(from);
    best = f64x2.pmin(best, v128.bitselect(last, none, f64x2.gt(last, values)));
  }
  return f64x2.extract_lane(f64x2.pmin(best, v128.shuffle<f64>(best, best, 1, 0)), 0);
}
