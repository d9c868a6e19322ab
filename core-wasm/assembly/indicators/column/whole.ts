/** Statistics of the whole column, the same in every row. All of them look ahead. */
import { sortRows } from "../window/shared/counted_window";
import { pairwiseSum } from "../technical/shared/columns";
import { at, put } from "../window/shared/rows";

function fill(n: i32, value: f64, out: usize): i32 {
  for (let i = 0; i < n; i++) put(out, i, value);
  return 0;
}

function countKnown(n: i32, a: usize): i32 {
  let count = 0;
  for (let i = 0; i < n; i++) count += i32(at(a, i) === at(a, i));
  return count;
}

/** numpy's pairwise sum with 0 for what is missing. */
export function columnWholeSum(n: i32, a: usize, out: usize, scratch: usize): i32 {
  for (let i = 0; i < n; i++) put(scratch, i, at(a, i) === at(a, i) ? at(a, i) : 0.0);
  return fill(n, pairwiseSum(scratch, n), out);
}

/** pandas' mean is numpy's pairwise sum, its deviations are taken from a mean summed in row order. */
export function columnWholeMean(n: i32, a: usize, out: usize, scratch: usize): i32 {
  columnWholeSum(n, a, out, scratch);
  return fill(n, at(out, 0) / f64(countKnown(n, a)), out);
}

function meanInOrder(n: i32, a: usize): f64 {
  let total = 0.0;
  for (let i = 0; i < n; i++) if (at(a, i) === at(a, i)) total += at(a, i);
  return total / f64(countKnown(n, a));
}

function varianceOf(n: i32, a: usize, ddof: i32): f64 {
  const mean = meanInOrder(n, a);
  let squares = 0.0;
  for (let i = 0; i < n; i++) {
    const deviation = at(a, i) - mean;
    if (at(a, i) === at(a, i)) squares += deviation * deviation;
  }
  const count = countKnown(n, a);
  return count > ddof ? squares / f64(count - ddof) : NaN;
}

export function columnWholeVar(n: i32, a: usize, ddof: i32, out: usize, scratch: usize): i32 {
  return fill(n, varianceOf(n, a, ddof), out);
}

export function columnWholeStd(n: i32, a: usize, ddof: i32, out: usize, scratch: usize): i32 {
  return fill(n, sqrt<f64>(varianceOf(n, a, ddof)), out);
}

export function columnWholeMax(n: i32, a: usize, out: usize, scratch: usize): i32 {
  let most: f64 = NaN;
  for (let i = 0; i < n; i++) if (most !== most || at(a, i) > most) most = at(a, i);
  return fill(n, most, out);
}

export function columnWholeMin(n: i32, a: usize, out: usize, scratch: usize): i32 {
  let least: f64 = NaN;
  for (let i = 0; i < n; i++) if (least !== least || at(a, i) < least) least = at(a, i);
  return fill(n, least, out);
}

export function columnWholeCount(n: i32, a: usize, out: usize, scratch: usize): i32 {
  const count = i64(countKnown(n, a));
  for (let i = 0; i < n; i++) store<i64>(out + (<usize> i << 3), count);
  return 0;
}

/** numpy's linear interpolation, taken from the nearer of the two values. */
export function columnWholeQuantile(
  n: i32,
  a: usize,
  quantile: f64,
  out: usize,
  scratch: usize,
): i32 {
  const order = scratch;
  const spare = scratch + (<usize> n << 2);
  const count = listKnown(n, a, order);
  if (count === 0) return fill(n, NaN, out);
  sortRows(a, 1.0, order, spare, count);
  const place = quantile * f64(count - 1);
  const whole = i32(place);
  const low = ordered(a, order, whole);
  const high = ordered(a, order, min<i32>(count - 1, whole + 1));
  const rest = place - f64(whole);
  const step = high - low;
  const value = rest >= 0.5 ? high - step * (1.0 - rest) : low + step * rest;
  return fill(n, high === low ? low : value, out);
}

/** Writes the rows that are not missing and answers how many they are. */
function listKnown(n: i32, a: usize, rows: usize): i32 {
  let count = 0;
  for (let i = 0; i < n; i++) {
    if (at(a, i) !== at(a, i)) continue;
    store<i32>(rows + (<usize> count << 2), i);
    count++;
  }
  return count;
}

function ordered(a: usize, order: usize, place: i32): f64 {
  return at(a, load<i32>(order + (<usize> place << 2)));
}

export function columnWholeAny(n: i32, a: usize, out: usize, scratch: usize): i32 {
  let found: u8 = 0;
  for (let i = 0; i < n; i++) found |= load<u8>(a + <usize> i);
  memory.fill(out, found, <usize> n);
  return 0;
}

export function columnWholeAll(n: i32, a: usize, out: usize, scratch: usize): i32 {
  let found: u8 = 1;
  for (let i = 0; i < n; i++) found &= load<u8>(a + <usize> i);
  memory.fill(out, found, <usize> n);
  return 0;
}

/** How equal values share ranks. */
const AVERAGE: i32 = 0;
const LEAST: i32 = 1;
const MOST: i32 = 2;
const FIRST: i32 = 3;

/** pandas' rank over the whole column; what is missing has none. */
export function columnRank(
  n: i32,
  a: usize,
  method: i32,
  ascending: i32,
  pct: i32,
  out: usize,
  scratch: usize,
): i32 {
  const order = scratch;
  const count = listKnown(n, a, order);
  fill(n, NaN, out);
  sortRows(a, ascending !== 0 ? 1.0 : -1.0, order, scratch + (<usize> n << 2), count);
  let distinct = 0;
  for (let begin = 0, end = 0; begin < count; begin = end) {
    while (end < count && ordered(a, order, end) === ordered(a, order, begin)) end++;
    distinct++;
    for (let place = begin; place < end; place++) {
      const row = load<i32>(order + (<usize> place << 2));
      put(out, row, rankOf(method, begin, end, place, distinct));
    }
  }
  if (pct !== 0) {
    const whole = f64(method > FIRST ? distinct : count);
    for (let i = 0; i < n; i++) put(out, i, at(out, i) / whole);
  }
  return 0;
}

function rankOf(method: i32, begin: i32, end: i32, place: i32, distinct: i32): f64 {
  if (method === AVERAGE) return f64(begin + 1 + end) / 2.0;
  if (method === LEAST) return f64(begin + 1);
  if (method === MOST) return f64(end);
  return f64(method === FIRST ? place + 1 : distinct);
}
