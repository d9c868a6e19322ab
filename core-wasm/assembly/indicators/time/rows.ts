/** Rows of one series found for the rows of another. These see two lengths and are no registry rows. */

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
 * high, smallest low, last close, summed volume (with a Kahan compensation), each of what is not
 * missing. Bins in which any of them is missing are left out. Answers how many remain.
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
  outDate: usize,
  outOpen: usize,
  outHigh: usize,
  outLow: usize,
  outClose: usize,
  outVolume: usize,
): i32 {
  if (n === 0) return 0;
  const origin = floor<f64>(load<f64>(date) / DAY_MS) * DAY_MS;
  let count = 0;
  for (let i = 0; i < n;) {
    const bin = floor<f64>((value(date, i) - origin) / interval);
    let first: f64 = NaN, most: f64 = NaN, least: f64 = NaN, last: f64 = NaN;
    let total = 0.0, lost = 0.0;
    for (; i < n && floor<f64>((value(date, i) - origin) / interval) === bin; i++) {
      if (first !== first) first = value(open, i);
      if (most !== most || value(high, i) > most) most = value(high, i);
      if (least !== least || value(low, i) < least) least = value(low, i);
      if (value(close, i) === value(close, i)) last = value(close, i);
      if (value(volume, i) !== value(volume, i)) continue;
      const step = value(volume, i) - lost;
      const next = total + step;
      lost = next - total - step;
      total = next;
    }
    if (first !== first || most !== most || least !== least || last !== last) continue;
    const to = <usize> count << 3;
    store<f64>(outDate + to, origin + bin * interval);
    store<f64>(outOpen + to, first);
    store<f64>(outHigh + to, most);
    store<f64>(outLow + to, least);
    store<f64>(outClose + to, last);
    store<f64>(outVolume + to, total);
    count++;
  }
  return count;
}

function value(column: usize, row: i32): f64 {
  return load<f64>(column + (<usize> row << 3));
}
