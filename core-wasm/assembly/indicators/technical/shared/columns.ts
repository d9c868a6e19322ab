import { firstValid } from "../../talib/first_valid";
import { at, put } from "../../window/shared/rows";

/** A function of one column and a period, in the kernels' calling convention. */
export type Average = (
  n: i32,
  real: usize,
  period: i32,
  out: usize,
  scratch: usize,
) => i32;

/** The `index`-th column of `n` rows in a scratch that holds several. */
export function columnIn(scratch: usize, n: i32, index: i32): usize {
  return scratch + (<usize> n << 3) * <usize> index;
}

/** Calls a TA-Lib kernel as its Python wrapper does: rows before the first value are skipped. */
export function skipping(
  average: Average,
  n: i32,
  real: usize,
  period: i32,
  out: usize,
  scratch: usize,
): i32 {
  const begin = firstValid(n, real, real, real, real);
  for (let i = 0; i < begin; i++) put(out, i, NaN);
  const offset = <usize> begin << 3;
  return average(n - begin, real + offset, period, out + offset, scratch);
}

/** Row `i` of a column, NaN before its first row. */
export function earlier(column: usize, i: i32): f64 {
  return i < 0 ? NaN : at(column, i);
}

/** The largest of those that are numbers, NaN if none is, as a frame's `max(axis=1)`. */
export function largest(a: f64, b: f64, c: f64): f64 {
  let most = a;
  if (most !== most || b > most) most = b;
  return most !== most || c > most ? c : most;
}

/** True range with missing sides left out: the first row has its own height. */
export function rangeAt(high: usize, low: usize, close: usize, i: i32): f64 {
  const before = earlier(close, i - 1);
  const top = at(high, i);
  const bottom = at(low, i);
  return largest(top - bottom, abs<f64>(top - before), abs<f64>(bottom - before));
}

/** The same where a low above the high counts as well. */
export function absoluteRangeAt(high: usize, low: usize, close: usize, i: i32): f64 {
  const height = abs<f64>(at(high, i) - at(low, i));
  const range = rangeAt(high, low, close, i);
  return range !== range || height > range ? height : range;
}

/** numpy's sum of consecutive values: pairwise, in eight lanes up to 128 values. */
export function pairwiseSum(from: usize, count: i32): f64 {
  if (count < 8) {
    let total = -0.0;
    for (let i = 0; i < count; i++) total += at(from, i);
    return total;
  }
  if (count > 128) {
    let half = count >> 1;
    half -= half & 7;
    return pairwiseSum(from, half) + pairwiseSum(from + (<usize> half << 3), count - half);
  }
  let first = v128.load(from);
  let second = v128.load(from, 16);
  let third = v128.load(from, 32);
  let fourth = v128.load(from, 48);
  const whole = count & ~7;
  for (let i = 8; i < whole; i += 8) {
    const row = from + (<usize> i << 3);
    first = f64x2.add(first, v128.load(row));
    second = f64x2.add(second, v128.load(row, 16));
    third = f64x2.add(third, v128.load(row, 32));
    fourth = f64x2.add(fourth, v128.load(row, 48));
  }
  let total = (lanes(first) + lanes(second)) + (lanes(third) + lanes(fourth));
  for (let i = whole; i < count; i++) total += at(from, i);
  return total;
}

/** numpy's sum of one segment of many: the first value and the pairwise sum of the others. */
export function segmentSum(from: usize, count: i32): f64 {
  return count === 0 ? 0.0 : at(from, 0) + pairwiseSum(from + 8, count - 1);
}

function lanes(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}
