import { at, fillZero } from "./shared/ta";

/** 100 where the bar `rightbars` ago stands out from all others of its window. */
export function talibFractal(
  n: i32,
  high: usize,
  low: usize,
  leftbars: i32,
  rightbars: i32,
  swinghigh: usize,
  swinglow: usize,
  scratch: usize,
): i32 {
  if (leftbars < 1) return 1;
  if (rightbars < 1) return 2;
  const lookback = leftbars + rightbars;
  fillZero(swinghigh, n, lookback);
  fillZero(swinglow, n, lookback);
  if (n <= lookback) return 0;
  let i = lookback;
  for (; i + 2 <= n; i += 2) {
    const oldest = <usize> (i - lookback) << 3;
    const pivot = <usize> (i - rightbars) << 3;
    const end = <usize> i << 3;
    let highest = v128.load(high + oldest);
    let lowest = v128.load(low + oldest);
    for (let j = oldest + 8; j < pivot; j += 8) {
      highest = f64x2.pmax(highest, v128.load(high + j));
      lowest = f64x2.pmin(lowest, v128.load(low + j));
    }
    for (let j = pivot + 8; j <= end; j += 8) {
      highest = f64x2.pmax(highest, v128.load(high + j));
      lowest = f64x2.pmin(lowest, v128.load(low + j));
    }
    const isHigh = f64x2.gt(v128.load(high + pivot), highest);
    const isLow = f64x2.lt(v128.load(low + pivot), lowest);
    mark(swinghigh + (<usize> i << 2), isHigh);
    mark(swinglow + (<usize> i << 2), isLow);
  }
  if (i === n) return 0;
  const pivot = i - rightbars;
  let highest = at(high, i - lookback);
  let lowest = at(low, i - lookback);
  for (let j = i - lookback + 1; j <= i; j++) {
    if (j === pivot) continue;
    if (at(high, j) > highest) highest = at(high, j);
    if (at(low, j) < lowest) lowest = at(low, j);
  }
  store<i32>(swinghigh + (<usize> i << 2), at(high, pivot) > highest ? 100 : 0);
  store<i32>(swinglow + (<usize> i << 2), at(low, pivot) < lowest ? 100 : 0);
  return 0;
}

/** Two rows of 100 or 0. */
function mark(place: usize, found: v128): void {
  const marks = v128.and(found, i64x2.splat(100));
  v128.store64_lane(place, v128.shuffle<i32>(marks, marks, 0, 2, 0, 2), 0);
}
