import { slidingMax, slidingMin } from "../talib/shared/extremes";
import { at, isObserved, put } from "./shared/rows";

export class Largest {
  pick(a: v128, b: v128): v128 {
    return f64x2.pmax(a, b);
  }
  seed(): f64 {
    return -Infinity;
  }
  slide(n: i32, real: usize, window: i32, out: usize): void {
    slidingMax(n, real, window, out);
  }
}
export class Smallest {
  pick(a: v128, b: v128): v128 {
    return f64x2.pmin(a, b);
  }
  seed(): f64 {
    return Infinity;
  }
  slide(n: i32, real: usize, window: i32, out: usize): void {
    slidingMin(n, real, window, out);
  }
}

class Row {
  /** Row i, or NaN where it is not finite. */
  // @ts-ignore: decorator
  @inline
  static at(real: usize, i: i32): v128 {
    const value = v128.load64_zero(real + (<usize> i << 3));
    const rest = f64x2.sub(value, value);
    return v128.or(value, f64x2.ne(rest, rest));
  }
}

/** The first row with a value, when all from there on are finite and none is minus zero; else -1. */
export function plainFrom(n: i32, real: usize): i32 {
  let first = 0;
  while (first < n && !isObserved(at(real, first))) first++;
  const zero = f64x2.splat(-0.0);
  let odd = f64x2.splat(0.0);
  let i: usize = <usize> first << 3;
  for (const end = <usize> n << 3; i + 16 <= end; i += 16) {
    const pair = v128.load(real + i);
    const rest = f64x2.sub(pair, pair);
    odd = v128.or(odd, v128.or(f64x2.ne(rest, rest), i64x2.eq(pair, zero)));
  }
  if (i < <usize> n << 3) {
    const value = load<f64>(real + i);
    if (!isObserved(value) || reinterpret<u64>(value) === reinterpret<u64>(-0.0)) return -1;
  }
  return v128.any_true(odd) ? -1 : first;
}

/** The extremes of plain rows; those before the window is full have the extreme of what there is. */
export function plainExtreme<Op>(n: i32, real: usize, window: i32, out: usize): void {
  const op = changetype<Op>(0);
  let best = f64x2.splat(op.seed());
  for (let i: usize = 0, end = <usize> min<i32>(n, window - 1) << 3; i < end; i += 8) {
    best = op.pick(best, v128.load64_zero(real + i));
    v128.store_lane<f64>(out + i, best, 0);
  }
  op.slide(n, real, window, out);
}

/**
 * The extreme of the present values in the window by van Herk's blocks: the running extreme from a
 * block's start meets the one from the previous block's end, three comparisons a row whatever the
 * window. A value that is not finite is not present; a comparison with NaN keeps the running extreme.
 */
function rollingExtreme<Op>(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  out: usize,
): i32 {
  if (window < 1) return 1;
  if (minPeriods > window) return 2;
  const op = changetype<Op>(0);
  const needed = max<i32>(1, minPeriods === 0 ? window : minPeriods);
  const plain = plainFrom(n, real);
  if (plain >= 0) {
    const skip = <usize> plain << 3;
    plainExtreme<Op>(n - plain, real + skip, window, out + skip);
    for (let i = 0, end = min<i32>(n, plain + needed - 1); i < end; i++) put(out, i, NaN);
    return 0;
  }
  const seed = f64x2.splat(op.seed());
  let missing = 0;
  for (let block = 0; block < n; block += window) {
    const end = min<i32>(n, block + window);
    let best = seed;
    for (let i = block; i < end; i++) {
      const value = Row.at(real, i);
      missing += i32(f64x2.extract_lane(value, 0) !== f64x2.extract_lane(value, 0));
      best = op.pick(best, value);
      v128.store_lane<f64>(out + (<usize> i << 3), best, 0);
    }
  }
  for (let block = 0; block + window < n; block += window) {
    let best = seed;
    for (let i = block + window - 1; i > block; i--) {
      best = op.pick(best, Row.at(real, i));
      if (i + window > n) continue;
      const place = out + (<usize> (i + window - 1) << 3);
      v128.store_lane<f64>(place, op.pick(v128.load64_zero(place), best), 0);
    }
  }
  if (missing === 0) {
    for (let i = 0, end = min<i32>(n, needed - 1); i < end; i++) put(out, i, NaN);
  } else {
    dropThin(n, real, window, needed, out);
  }
  return 0;
}

/** Takes the answer away where fewer than `needed` values are present. */
function dropThin(n: i32, real: usize, window: i32, needed: i32, out: usize): void {
  let count = 0;
  for (let i = 0; i < n; i++) {
    count += i32(isObserved(at(real, i)));
    if (i >= window) count -= i32(isObserved(at(real, i - window)));
    if (count < needed) put(out, i, NaN);
  }
}

export function windowRollingMax(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  out: usize,
  scratch: usize,
): i32 {
  return rollingExtreme<Largest>(n, real, window, minPeriods, out);
}

export function windowRollingMin(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  out: usize,
  scratch: usize,
): i32 {
  return rollingExtreme<Smallest>(n, real, window, minPeriods, out);
}
