import { at, isObserved, put } from "./shared/rows";

/** What a running sum carries from row to row beside the values in its window. */
@unmanaged
export class RunningSum {
  total: f64 = 0.0;
  lostAdding: f64 = 0.0;
  lostRemoving: f64 = 0.0;

  keep(total: f64, lostAdding: f64, lostRemoving: f64): void {
    this.total = total;
    this.lostAdding = lostAdding;
    this.lostRemoving = lostRemoving;
  }
}

/**
 * pandas' running sum: adding and removing keep a Kahan compensation each, and a window of one
 * repeated value is that value exactly.
 */
function rolling(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  isMean: bool,
  out: usize,
): i32 {
  if (window < 1) return 1;
  if (minPeriods > window) return 2;
  rollSums(n, real, window, minPeriods, isMean, 0, 0, out);
  return 0;
}

/** Rows from `from` on; `state` (0: none) is what the row before has left, and takes what the last one leaves. */
export function rollSums(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  isMean: bool,
  from: i32,
  state: usize,
  out: usize,
): void {
  const needed = minPeriods === 0 ? window : max<i32>(0, minPeriods);
  let observed = 0;
  let negative = 0;
  let total = 0.0;
  let lostAdding = 0.0;
  let lostRemoving = 0.0;
  let last = at(real, 0);
  let same = 0;
  if (from > 0) {
    const left = changetype<RunningSum>(state);
    total = left.total;
    lostAdding = left.lostAdding;
    lostRemoving = left.lostRemoving;
  }
  for (let i = max<i32>(0, from - window); i < from; i++) {
    const value = at(real, i);
    if (!isObserved(value)) continue;
    observed++;
    negative += isNegative(value);
    same = value === last ? same + 1 : 1;
    last = value;
  }
  for (let i = from; i < n; i++) {
    if (i >= window) {
      const leaving = at(real, i - window);
      if (isObserved(leaving)) {
        observed--;
        negative -= isNegative(leaving);
        const step = -leaving - lostRemoving;
        const next = total + step;
        lostRemoving = next - total - step;
        total = next;
      }
    }
    const entering = at(real, i);
    if (window === 1) {
      total = lostAdding = lostRemoving = 0.0;
      observed = negative = same = 0;
      last = entering;
    }
    if (isObserved(entering)) {
      observed++;
      negative += isNegative(entering);
      const step = entering - lostAdding;
      const next = total + step;
      lostAdding = next - total - step;
      total = next;
      same = entering === last ? same + 1 : 1;
      last = entering;
    }
    let value: f64 = needed === 0 && !isMean ? 0.0 : NaN;
    if (observed >= needed && observed > 0) {
      value = isMean ? meanOf(total, observed, negative) : total;
      if (same >= observed) value = isMean ? last : last * f64(observed);
    }
    put(out, i, value);
  }
  if (state !== 0) changetype<RunningSum>(state).keep(total, lostAdding, lostRemoving);
}

/** Rounding may not push the mean of values of one sign across zero. */
function meanOf(total: f64, observed: i32, negative: i32): f64 {
  const mean = total / f64(observed);
  if (negative === 0 && mean < 0.0) return 0.0;
  return negative === observed && mean > 0.0 ? 0.0 : mean;
}

function isNegative(value: f64): i32 {
  return i32(reinterpret<i64>(value) < 0);
}

export function windowRollingMean(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  out: usize,
  scratch: usize,
): i32 {
  return rolling(n, real, window, minPeriods, true, out);
}

export function windowRollingSum(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  out: usize,
  scratch: usize,
): i32 {
  return rolling(n, real, window, minPeriods, false, out);
}

/** Observations in the window. */
export function windowRollingCount(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (window < 1) return 1;
  if (minPeriods > window) return 2;
  let present = 0;
  for (let i = 0; i < n; i++) {
    const entering = at(real, i);
    present += i32(entering === entering);
    if (i >= window) {
      const leaving = at(real, i - window);
      present -= i32(leaving === leaving);
    }
    put(out, i, min<i32>(i + 1, window) >= minPeriods ? f64(present) : NaN);
  }
  return 0;
}
