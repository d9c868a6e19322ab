import { countBelow, countEqual, isOrdered, largestBelow, smallestAbove } from "../shared/rank";
import { CountedWindow } from "./shared/counted_window";
import { at, isObserved, put } from "./shared/rows";
import {
  insertSorted,
  lowerBound,
  removeSorted,
  replaceSorted,
  SORTED_MAX,
  upperBound,
} from "./shared/sorted_window";

/** Windows of up to so many values are looked through faster than they are kept in order. */
const FOLLOWED_MAX: i32 = 200;

/** What is read off the ordered window. */
const MEDIAN: i32 = 0;
const QUANTILE: i32 = 1;
const RANK: i32 = 2;

/** How a quantile between two values is found, in pandas' words. */
const LINEAR: i32 = 0;
const LOWER: i32 = 1;
const HIGHER: i32 = 2;
const NEAREST: i32 = 3;

/** Which rank equal values share. */
const AVERAGE: i32 = 0;
const LEAST: i32 = 1;

export function windowRollingMedian(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  out: usize,
  scratch: usize,
): i32 {
  return orderedWindow(n, real, window, minPeriods, MEDIAN, 0.5, LINEAR, 1.0, out, scratch);
}

export function windowRollingQuantile(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  quantile: f64,
  interpolation: i32,
  out: usize,
  scratch: usize,
): i32 {
  return orderedWindow(
    n,
    real,
    window,
    minPeriods,
    QUANTILE,
    quantile,
    interpolation,
    1.0,
    out,
    scratch,
  );
}

/** A descending rank is the ascending one of the negated values, as pandas does it. */
export function windowRollingRank(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  method: i32,
  ascending: i32,
  pct: i32,
  out: usize,
  scratch: usize,
): i32 {
  const sign: f64 = ascending !== 0 ? 1.0 : -1.0;
  return orderedWindow(
    n,
    real,
    window,
    minPeriods,
    RANK,
    f64(pct),
    method,
    sign,
    out,
    scratch,
  );
}

function orderedWindow(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  pick: i32,
  share: f64,
  method: i32,
  sign: f64,
  out: usize,
  scratch: usize,
): i32 {
  if (window < 1) return 1;
  if (minPeriods > window) return 2;
  const needed = max<i32>(1, minPeriods === 0 ? window : minPeriods);
  const width = min<i32>(window, n);
  if (pick !== RANK && width < n && width <= FOLLOWED_MAX && isOrdered(n, real)) {
    return followedWindow(n, real, width, needed, pick, share, method, out, scratch);
  }
  return width <= SORTED_MAX
    ? sortedWindow(n, real, width, needed, pick, share, method, sign, out, scratch)
    : countedWindow(n, real, width, needed, pick, share, method, sign, out, scratch);
}

function sortedWindow(
  n: i32,
  real: usize,
  window: i32,
  needed: i32,
  pick: i32,
  share: f64,
  method: i32,
  sign: f64,
  out: usize,
  sorted: usize,
): i32 {
  let count = 0;
  for (let i = 0; i < n; i++) {
    const entering = at(real, i) * sign;
    const leaving = i < window ? NaN : at(real, i - window) * sign;
    if (isObserved(entering)) {
      if (isObserved(leaving)) replaceSorted(sorted, count, leaving, entering);
      else insertSorted(sorted, count++, entering);
    } else if (isObserved(leaving)) removeSorted(sorted, count--, leaving);
    let value: f64 = NaN;
    if (count >= needed) {
      if (pick !== RANK) {
        const place = placeOf(share, count, pick, method);
        const whole = i32(place);
        value = at(sorted, whole);
        if (place !== f64(whole)) {
          value = between(value, at(sorted, whole + 1), place - f64(whole), pick, method);
        }
      } else if (isObserved(entering)) {
        const below = lowerBound(sorted, count, entering);
        const upTo = upperBound(sorted, count, entering);
        value = rankOf(below, upTo, count, method, share);
      }
    }
    put(out, i, value);
  }
  return 0;
}

/** After the first window the value of the wanted rank is followed, and the next one looked for. */
function followedWindow(
  n: i32,
  real: usize,
  window: i32,
  needed: i32,
  pick: i32,
  share: f64,
  method: i32,
  out: usize,
  sorted: usize,
): i32 {
  sortedWindow(window, real, window, needed, pick, share, method, 1.0, out, sorted);
  const place = placeOf(share, window, pick, method);
  const rank = i32(place);
  const rest = place - f64(rank);
  const width = <usize> window << 3;
  let value = at(sorted, rank);
  let below = countBelow(real, real + width, value);
  let same = countEqual(real, real + width, value);
  for (let i = window; i < n; i++) {
    const end = real + (<usize> i << 3) + 8;
    const from = end - width;
    const leaving = load<f64>(from - 8);
    const entering = load<f64>(end - 8);
    below += i32(entering < value) - i32(leaving < value);
    same += i32(entering === value) - i32(leaving === value);
    if (rank < below) {
      value = largestBelow(from, end, value);
      same = countEqual(from, end, value);
      below -= same;
    } else if (rank >= below + same) {
      value = smallestAbove(from, end, value);
      below += same;
      same = countEqual(from, end, value);
    }
    let found = value;
    if (rest !== 0.0) {
      const next = rank + 1 < below + same ? value : smallestAbove(from, end, value);
      found = between(value, next, rest, pick, method);
    }
    put(out, i, found);
  }
  return 0;
}

function countedWindow(
  n: i32,
  real: usize,
  window: i32,
  needed: i32,
  pick: i32,
  share: f64,
  method: i32,
  sign: f64,
  out: usize,
  scratch: usize,
): i32 {
  const counted = changetype<CountedWindow>(scratch);
  counted.place(scratch, window);
  let count = 0;
  for (let i = 0; i < n; i++) {
    if (i % window === 0) {
      counted.begin(real, sign, max<i32>(0, i - window), i, min<i32>(n, i + window));
    }
    if (i >= window) count -= i32(counted.add(i - window, -1));
    const isEntering = counted.add(i, 1);
    count += i32(isEntering);
    let value: f64 = NaN;
    if (count >= needed) {
      if (pick !== RANK) {
        const place = placeOf(share, count, pick, method);
        const whole = i32(place);
        value = counted.valueAt(whole);
        if (place !== f64(whole)) {
          value = between(value, counted.valueAt(whole + 1), place - f64(whole), pick, method);
        }
      } else if (isEntering) {
        const code = counted.codeOf(i);
        value = rankOf(counted.upTo(code - 1), counted.upTo(code), count, method, share);
      }
    }
    put(out, i, value);
  }
  return 0;
}

/** Where the quantile lies among `count` ascending values; a fraction means between two of them. */
function placeOf(share: f64, count: i32, pick: i32, method: i32): f64 {
  const place = share * f64(count - 1);
  if (pick === MEDIAN) return place;
  const whole = floor<f64>(place);
  const rest = place - whole;
  if (rest === 0.0) return place;
  if (method === LOWER) return whole;
  if (method === HIGHER) return whole + 1.0;
  if (method !== NEAREST) return place;
  const isOdd = (i32(whole) & 1) !== 0;
  return rest > 0.5 || (rest === 0.5 && isOdd) ? whole + 1.0 : whole;
}

function between(low: f64, high: f64, rest: f64, pick: i32, method: i32): f64 {
  if (pick === MEDIAN || method !== LINEAR) return (low + high) / 2.0;
  return low + (high - low) * rest;
}

/** The rank of a value with `below` values under it and `upTo` values not above it. */
function rankOf(below: i32, upTo: i32, count: i32, method: i32, isShare: f64): f64 {
  const least = f64(below + 1);
  let rank = f64(upTo);
  if (method === AVERAGE) {
    rank = (rank * (rank + 1.0) / 2.0 - (least - 1.0) * least / 2.0) / (rank - least + 1.0);
  } else if (method === LEAST) rank = least;
  return isShare !== 0.0 ? rank / f64(count) : rank;
}
