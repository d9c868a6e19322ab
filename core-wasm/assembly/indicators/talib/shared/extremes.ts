import { Largest, slide, Smallest } from "./pair_extremes";
import { at, put } from "./ta";

/**
 * Sliding extremes by van Herk's blocks: backward running extremes of one block meet forward ones of
 * the next, so each row costs three comparisons whatever the period. A comparison with NaN keeps the
 * older extreme of its pass, which decides what a NaN in the window does. Two rows at a time where no
 * such case is about.
 */

/** Whether any row is NaN. */
export function hasNan(n: i32, real: usize): bool {
  const end = <usize> n << 3;
  let found = f64x2.splat(0.0);
  let i: usize = 0;
  for (; i + 16 <= end; i += 16) {
    const pair = v128.load(real + i);
    found = v128.or(found, f64x2.ne(pair, pair));
  }
  if (i < end) {
    const last = v128.load64_zero(real + i);
    found = v128.or(found, f64x2.ne(last, last));
  }
  return v128.any_true(found);
}

/** The largest value of the last `period` rows, from row period - 1 on. */
export function slidingMax(n: i32, real: usize, period: i32, out: usize): void {
  if (slide<Largest>(n, real, period, out)) return;
  const head = period - 1;
  for (let block = 0; block + head < n; block += period) {
    let best = v128.load64_zero(real + (<usize> (block + head) << 3));
    for (let i = block + head; i >= block; i--) {
      best = f64x2.pmax(best, v128.load64_zero(real + (<usize> i << 3)));
      if (i + head < n) v128.store_lane<f64>(out + (<usize> (i + head) << 3), best, 0);
    }
    const next = block + period;
    const end = min<i32>(n, next + head);
    if (next >= n) return;
    best = v128.load64_zero(real + (<usize> next << 3));
    for (let i = next; i < end; i++) {
      const at = <usize> i << 3;
      best = f64x2.pmax(best, v128.load64_zero(real + at));
      v128.store_lane<f64>(out + at, f64x2.pmax(v128.load64_zero(out + at), best), 0);
    }
  }
}

/**
 * The same by following the extreme and rescanning when it leaves. It differs from `slidingMax` only by
 * what NaN does, and some of TA-Lib's functions follow.
 */
export function followedMax(n: i32, real: usize, period: i32, out: usize): void {
  if (slide<Largest>(n, real, period, out)) return;
  if (!hasNan(n, real)) return slidingMax(n, real, period, out);
  let row = -1;
  let best = 0.0;
  for (let i = period - 1; i < n; i++) {
    const first = i - period + 1;
    const value = at(real, i);
    if (row < first) {
      row = first;
      best = at(real, first);
      for (let j = first + 1; j <= i; j++) {
        const each = at(real, j);
        if (each > best) {
          row = j;
          best = each;
        }
      }
    } else if (value >= best) {
      row = i;
      best = value;
    }
    put(out, i, best);
  }
}

export function followedMin(n: i32, real: usize, period: i32, out: usize): void {
  if (slide<Smallest>(n, real, period, out)) return;
  if (!hasNan(n, real)) return slidingMin(n, real, period, out);
  let row = -1;
  let best = 0.0;
  for (let i = period - 1; i < n; i++) {
    const first = i - period + 1;
    const value = at(real, i);
    if (row < first) {
      row = first;
      best = at(real, first);
      for (let j = first + 1; j <= i; j++) {
        const each = at(real, j);
        if (each < best) {
          row = j;
          best = each;
        }
      }
    } else if (value <= best) {
      row = i;
      best = value;
    }
    put(out, i, best);
  }
}

/** The smallest value of the last `period` rows, from row period - 1 on. */
export function slidingMin(n: i32, real: usize, period: i32, out: usize): void {
  if (slide<Smallest>(n, real, period, out)) return;
  const head = period - 1;
  for (let block = 0; block + head < n; block += period) {
    let best = v128.load64_zero(real + (<usize> (block + head) << 3));
    for (let i = block + head; i >= block; i--) {
      best = f64x2.pmin(best, v128.load64_zero(real + (<usize> i << 3)));
      if (i + head < n) v128.store_lane<f64>(out + (<usize> (i + head) << 3), best, 0);
    }
    const next = block + period;
    const end = min<i32>(n, next + head);
    if (next >= n) return;
    best = v128.load64_zero(real + (<usize> next << 3));
    for (let i = next; i < end; i++) {
      const at = <usize> i << 3;
      best = f64x2.pmin(best, v128.load64_zero(real + at));
      v128.store_lane<f64>(out + at, f64x2.pmin(v128.load64_zero(out + at), best), 0);
    }
  }
}
