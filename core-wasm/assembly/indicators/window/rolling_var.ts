import { at, isObserved, put } from "./shared/rows";

/** A sum of squares that falls by this factor in one step has lost its digits and is taken afresh. */
export const LOST: f64 = 2.220446049250313e-13;

/** What a sliding variance carries from row to row beside the values in its window. */
@unmanaged
export class RunningVariance {
  mean: f64 = 0.0;
  squares: f64 = 0.0;
  lostAdding: f64 = 0.0;
  lostRemoving: f64 = 0.0;

  keep(mean: f64, squares: f64, lostAdding: f64, lostRemoving: f64): void {
    this.mean = mean;
    this.squares = squares;
    this.lostAdding = lostAdding;
    this.lostRemoving = lostRemoving;
  }
}

/** pandas' sliding Welford variance with a compensation each for adding and removing. */
function rollingVariance(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  ddof: i32,
  isRoot: bool,
  out: usize,
): i32 {
  if (window < 1) return 1;
  if (minPeriods > window) return 2;
  rollVariances(n, real, window, minPeriods, ddof, isRoot, 0, 0, out);
  return 0;
}

/** Rows from `from` on; `state` (0: none) is what the row before has left, and takes what the last one leaves. */
export function rollVariances(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  ddof: i32,
  isRoot: bool,
  from: i32,
  state: usize,
  out: usize,
): void {
  const needed = max<i32>(1, minPeriods === 0 ? window : minPeriods);
  let observed = from > 0 ? countObserved(real, max<i32>(0, from - window), from) : 0.0;
  const left = changetype<RunningVariance>(state);
  let mean = from > 0 ? left.mean : 0.0;
  let squares = from > 0 ? left.squares : 0.0;
  let lostAdding = from > 0 ? left.lostAdding : 0.0;
  let lostRemoving = from > 0 ? left.lostRemoving : 0.0;
  for (let i = from; i < n; i++) {
    let isLost = i === 0 || window === 1;
    const leaving: f64 = i >= window ? at(real, i - window) : NaN;
    if (!isLost && isObserved(leaving)) {
      const before = squares;
      observed -= 1.0;
      if (observed > 0.0) {
        const previousMean = mean - lostRemoving;
        const step = leaving - lostRemoving;
        const delta = step - mean;
        lostRemoving = delta + mean - step;
        mean -= delta / observed;
        squares -= (leaving - previousMean) * (leaving - mean);
        isLost = before * LOST > squares;
      } else mean = squares = 0.0;
    }
    const entering = at(real, i);
    if (!isLost && isObserved(entering)) {
      const before = squares;
      observed += 1.0;
      const previousMean = mean - lostAdding;
      const step = entering - lostAdding;
      const delta = step - mean;
      lostAdding = delta + mean - step;
      mean += delta / observed;
      squares += (entering - previousMean) * (entering - mean);
      isLost = before * LOST > squares;
    }
    if (isLost) {
      observed =
        mean =
        squares =
        lostAdding =
        lostRemoving =
          0.0;
      for (let j = max<i32>(0, i - window + 1); j <= i; j++) {
        const entering = at(real, j);
        if (!isObserved(entering)) continue;
        observed += 1.0;
        const previousMean = mean - lostAdding;
        const step = entering - lostAdding;
        const delta = step - mean;
        lostAdding = delta + mean - step;
        mean += delta / observed;
        squares += (entering - previousMean) * (entering - mean);
      }
    }
    const spread = observed >= f64(needed) ? spreadOf(squares, observed, ddof) : NaN;
    put(out, i, isRoot ? rootOf(spread) : spread);
  }
  if (state !== 0) left.keep(mean, squares, lostAdding, lostRemoving);
}

function countObserved(real: usize, from: i32, to: i32): f64 {
  let count = 0.0;
  for (let i = from; i < to; i++) {
    if (isObserved(at(real, i))) count += 1.0;
  }
  return count;
}

function spreadOf(squares: f64, observed: f64, ddof: i32): f64 {
  return observed > f64(ddof) ? squares / (observed - f64(ddof)) : NaN;
}

/** Rounding can leave a variance a little below zero; its root is then none. */
function rootOf(spread: f64): f64 {
  return spread < 0.0 ? 0.0 : sqrt<f64>(spread);
}

export function windowRollingVar(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  ddof: i32,
  out: usize,
  scratch: usize,
): i32 {
  return rollingVariance(n, real, window, minPeriods, ddof, false, out);
}

export function windowRollingStd(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  ddof: i32,
  out: usize,
  scratch: usize,
): i32 {
  return rollingVariance(n, real, window, minPeriods, ddof, true, out);
}
