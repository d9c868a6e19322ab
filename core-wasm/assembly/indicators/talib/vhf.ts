import { columnSub } from "../column/arithmetic";
import { hasNan, slidingMax, slidingMin } from "./shared/extremes";
import { at, fillNan, put } from "./shared/ta";

/**
 * The window's range over its path; the path reaches one bar further back. Every window's path is summed
 * anew, four windows beside each other. Scratch: two columns.
 */
export function talibVhf(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 2) return 1;
  fillNan(out, n, timeperiod);
  if (n <= timeperiod) return 0;
  if (hasNan(n, real)) {
    for (let i = timeperiod; i < n; i++) put(out, i, single(real, i, timeperiod));
    return 0;
  }
  const highest = out;
  const lowest = scratch;
  const moves = scratch + (<usize> n << 3);
  slidingMax(n, real, timeperiod, highest);
  slidingMin(n, real, timeperiod, lowest);
  fillNan(out, n, timeperiod);
  columnSub(n - 1, real + 8, real, moves + 8, 0);
  let i = timeperiod;
  for (; i + 4 <= n; i += 4) {
    const place = <usize> i << 3;
    let first = f64x2.splat(0.0);
    let second = first;
    let each = moves + (<usize> (i - timeperiod + 1) << 3);
    const end = moves + place;
    for (; each <= end; each += 8) {
      first = f64x2.add(first, f64x2.abs(v128.load(each)));
      second = f64x2.add(second, f64x2.abs(v128.load(each, 16)));
    }
    putShares(highest + place, lowest + place, first);
    putShares(highest + place + 16, lowest + place + 16, second);
  }
  for (; i < n; i++) put(out, i, single(real, i, timeperiod));
  return 0;
}

/** Replaces two highest values by the range's share of the path, 0 where there is none. */
function putShares(highest: usize, lowest: usize, path: v128): void {
  const range = f64x2.sub(v128.load(highest), v128.load(lowest));
  v128.store(highest, v128.and(f64x2.div(range, path), f64x2.gt(path, f64x2.splat(0.0))));
}

function single(real: usize, i: i32, timeperiod: i32): f64 {
  let highest = at(real, i);
  let lowest = highest;
  let before = at(real, i - timeperiod);
  let path = 0.0;
  for (let j = i - timeperiod + 1; j <= i; j++) {
    const value = at(real, j);
    path += abs<f64>(value - before);
    if (value > highest) highest = value;
    if (value < lowest) lowest = value;
    before = value;
  }
  return path > 0.0 ? (highest - lowest) / path : 0.0;
}
