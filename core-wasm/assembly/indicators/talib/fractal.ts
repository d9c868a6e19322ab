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
  for (let i = lookback; i < n; i++) {
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
  }
  return 0;
}
