import { Lanes } from "../shared/lanes";
import { at, fillNan, put } from "./shared/ta";
import { talibWma } from "./wma";

/** The weighted average of twice the fast less the slow weighted average. Scratch: two columns. */
export function talibHma(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 1) return 1;
  if (timeperiod === 1) {
    memory.copy(out, real, <usize> n << 3);
    return 0;
  }
  const root = i32(floor<f64>(sqrt<f64>(f64(timeperiod))));
  const head = timeperiod - 1;
  const lookback = head + root - 1;
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  const start = <usize> head << 3;
  if (timeperiod < 4) {
    const slow = scratch + (<usize> n << 3);
    talibWma(n, real, timeperiod, slow, 0);
    for (let i = head; i < n; i++) put(scratch, i, 2.0 * at(real, i) - at(slow, i));
  } else {
    doubleLessSlow(n, real, timeperiod, scratch);
  }
  talibWma(n - head, scratch + start, root, out + start, 0);
  return 0;
}

/** Rows after which a window's sums are taken afresh, in periods. */
const RESEED_PERIODS = 8;

/**
 * Twice the fast weighted average less the slow one, each in a lane: running sums, plain and weighted by
 * age, of two windows that end in the same row.
 */
function doubleLessSlow(n: i32, real: usize, slow: i32, out: usize): void {
  const fast = slow / 2;
  const weights = Lanes.both(f64(fast), f64(slow));
  const divisors = f64x2.mul(
    weights,
    f64x2.mul(f64x2.add(weights, f64x2.splat(1.0)), f64x2.splat(0.5)),
  );
  const fastBack = <usize> (fast - 1) << 3;
  const slowBack = <usize> (slow - 1) << 3;
  const head = real + slowBack;
  let plain = Lanes.both(sumOf(head - fastBack, fast - 1), sumOf(real, slow - 1));
  let weighted = Lanes.both(sumByAge(head - fastBack, fast - 1), sumByAge(real, slow - 1));
  let untilFast = RESEED_PERIODS * fast;
  let untilSlow = RESEED_PERIODS * slow;
  let leaving = f64x2.splat(0.0);
  for (let i = slowBack, end = <usize> n << 3; i < end; i += 8) {
    const value = v128.load64_splat(real + i);
    plain = f64x2.sub(f64x2.add(plain, value), leaving);
    weighted = f64x2.add(weighted, f64x2.mul(value, weights));
    untilFast--;
    untilSlow--;
    if (untilFast <= 0) {
      untilFast = RESEED_PERIODS * fast;
      plain = f64x2.replace_lane(plain, 0, sumOf(real + i - fastBack, fast));
      weighted = f64x2.replace_lane(weighted, 0, sumByAge(real + i - fastBack, fast));
    }
    if (untilSlow <= 0) {
      untilSlow = RESEED_PERIODS * slow;
      plain = f64x2.replace_lane(plain, 1, sumOf(real + i - slowBack, slow));
      weighted = f64x2.replace_lane(weighted, 1, sumByAge(real + i - slowBack, slow));
    }
    leaving = Lanes.load(real - fastBack, real - slowBack, i);
    const means = f64x2.div(weighted, divisors);
    store<f64>(out + i, 2.0 * f64x2.extract_lane(means, 0) - f64x2.extract_lane(means, 1));
    weighted = f64x2.sub(weighted, plain);
  }
}

function sumOf(first: usize, rows: i32): f64 {
  let total = 0.0;
  for (let j = 0; j < rows; j++) total += at(first, j);
  return total;
}

/** The oldest row counts once, the next one twice and so on. */
function sumByAge(first: usize, rows: i32): f64 {
  let total = 0.0;
  for (let j = 0; j < rows; j++) total += at(first, j) * f64(j + 1);
  return total;
}
