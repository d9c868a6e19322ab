/** Rows of one series found for the rows of another. These see two lengths and are no registry rows. */
import { segmentSum } from "../technical/shared/columns";
import { at, put } from "../window/shared/rows";

const MISSING: i32 = -1;

/**
 * For each of `n` dates the row of the `m` ascending keys (dates plus `offset`) that is equal, -1 for
 * none. When `fill` is set a row without a match takes the last matched one, and if the first row has
 * none, the rows before the first match take the last key below that match.
 */
export function timeMatchRows(
  n: i32,
  date: usize,
  m: i32,
  keys: usize,
  offset: f64,
  fill: i32,
  out: usize,
): i32 {
  let next = 0;
  let matched = MISSING;
  let first = MISSING;
  for (let i = 0; i < n; i++) {
    const wanted = load<f64>(date + (<usize> i << 3));
    while (next < m && keyAt(keys, next, offset) < wanted) next++;
    const isEqual = next < m && keyAt(keys, next, offset) === wanted;
    if (isEqual) {
      matched = next;
      if (first === MISSING) first = i;
    }
    setRow(out, i, isEqual || fill !== 0 ? matched : MISSING);
  }
  if (fill === 0 || first <= 0) return 0;
  const before = load<i32>(out + (<usize> first << 2)) - 1;
  for (let i = 0; i < first; i++) setRow(out, i, before);
  return 0;
}

function keyAt(keys: usize, row: i32, offset: f64): f64 {
  return load<f64>(keys + (<usize> row << 3)) + offset;
}

function setRow(rows: usize, at: i32, row: i32): void {
  store<i32>(rows + (<usize> at << 2), row);
}

function take<T>(n: i32, rows: usize, column: usize, missing: T, out: usize): i32 {
  for (let i: usize = 0, end = <usize> n; i < end; i++) {
    const row = load<i32>(rows + (i << 2));
    const from = column + <usize> max<i32>(0, row) * sizeof<T>();
    store<T>(out + i * sizeof<T>(), row < 0 ? missing : load<T>(from));
  }
  return 0;
}

export function timeTakeF64(n: i32, rows: usize, column: usize, out: usize): i32 {
  return take<f64>(n, rows, column, NaN, out);
}
export function timeTakeInt(n: i32, rows: usize, column: usize, out: usize): i32 {
  return take<i64>(n, rows, column, 0, out);
}
export function timeTakeI32(n: i32, rows: usize, column: usize, missing: i32, out: usize): i32 {
  return take<i32>(n, rows, column, missing, out);
}
export function timeTakeBool(n: i32, rows: usize, column: usize, out: usize): i32 {
  return take<u8>(n, rows, column, 0, out);
}

const DAY_MS: f64 = 86_400_000.0;

/**
 * Candles of a wider timeframe: bins of `interval` from the first date's midnight on, first open, largest
 * high, smallest low, last close and summed volume, each of what is not missing; dated at the bin's start
 * plus `label`. Bins in which any of the prices is missing are left out unless `keep` is set. Answers how
 * many remain.
 *
 * pandas sums bins by numpy's segments, but with a Kahan compensation as soon as the column has a gap.
 */
export function timeResample(
  n: i32,
  date: usize,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  volume: usize,
  interval: f64,
  label: f64,
  keep: i32,
  outDate: usize,
  outOpen: usize,
  outHigh: usize,
  outLow: usize,
  outClose: usize,
  outVolume: usize,
): i32 {
  if (n === 0) return 0;
  const origin = floor<f64>(at(date, 0) / DAY_MS) * DAY_MS;
  const isWhole = !hasGap(volume, n);
  let count = 0;
  let bin = binOf(date, 0, origin, interval);
  for (let begin = 0, end = 0; begin < n; begin = end) {
    let first: f64 = NaN, most: f64 = NaN, least: f64 = NaN, last: f64 = NaN;
    for (; end < n && binOf(date, end, origin, interval) === bin; end++) {
      if (first !== first) first = at(open, end);
      if (most !== most || at(high, end) > most) most = at(high, end);
      if (least !== least || at(low, end) < least) least = at(low, end);
      if (at(close, end) === at(close, end)) last = at(close, end);
    }
    const isMissing = first !== first || most !== most || least !== least || last !== last;
    if (keep !== 0 || !isMissing) {
      const from = volume + (<usize> begin << 3);
      put(outDate, count, origin + bin * interval + label);
      put(outOpen, count, first);
      put(outHigh, count, most);
      put(outLow, count, least);
      put(outClose, count, last);
      const rows = end - begin;
      put(outVolume, count, isWhole ? segmentSum(from, rows) : compensatedSum(from, rows));
      count++;
    }
    if (keep !== 0 || end >= n) bin += 1.0;
    else bin = binOf(date, end, origin, interval);
  }
  return count;
}

function binOf(date: usize, row: i32, origin: f64, interval: f64): f64 {
  return floor<f64>((at(date, row) - origin) / interval);
}

/**
 * What a series of `m` keys has at each of `n` dates when it is spread over a grid of `step` from its
 * first key to its last: its own values, straight lines in time between the known ones, the last known
 * one behind them. Off the grid, and before the first known value, nothing. Lines look ahead.
 */
export function timeInterpolate(
  n: i32,
  date: usize,
  m: i32,
  keys: usize,
  column: usize,
  step: f64,
  out: usize,
): i32 {
  let next = 0;
  let known = MISSING;
  for (let i = 0; i < n; i++) {
    const wanted = at(date, i);
    for (; next < m; next++) {
      const isKnown = at(column, next) === at(column, next);
      const isBehind = at(keys, next) > wanted;
      if (isKnown && isBehind) break;
      if (isKnown) known = next;
    }
    const isOutside = m === 0 || wanted < at(keys, 0) || wanted > at(keys, m - 1) ||
      (wanted - at(keys, 0)) % step !== 0.0;
    let found: f64 = NaN;
    if (!isOutside && known !== MISSING) {
      found = at(column, known);
      const since = wanted - at(keys, known);
      if (since > 0.0 && next < m) {
        const slope = (at(column, next) - found) / (at(keys, next) - at(keys, known));
        found = slope * since + found;
      }
    }
    put(out, i, found);
  }
  return 0;
}

function hasGap(column: usize, n: i32): bool {
  for (let i = 0; i < n; i++) if (at(column, i) !== at(column, i)) return true;
  return false;
}

function compensatedSum(column: usize, n: i32): f64 {
  let total = 0.0, lost = 0.0;
  for (let i = 0; i < n; i++) {
    if (at(column, i) !== at(column, i)) continue;
    const step = at(column, i) - lost;
    const next = total + step;
    const rest = next - total - step;
    lost = rest - rest === 0.0 ? rest : 0.0;
    total = next;
  }
  return total;
}
