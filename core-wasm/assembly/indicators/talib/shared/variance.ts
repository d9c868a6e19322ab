import { Constant } from "../../shared/constant";
import { at } from "./ta";

/** Rows after which the window's sums are taken afresh, in periods. */
const RESEED_PERIODS = 32;
/** Below the first share of the squares a variance has lost its digits, above the second a row rules alone. */
const SMALL: f64 = 0.000001;
const LARGE: f64 = 1000000.0;
const LIMITS: usize = memory.data<f64>([0.000001, 1000000.0]);
/** A variance below this share of the squares is zero. */
const NOTHING: f64 = 0.000000000001;

/** What becomes of two rows' variances, or of one's in the first lane. `column` is where they go. */
export class Variance {
  // @ts-ignore: decorator
  @inline
  pair(column: usize, i: usize, variances: v128): void {
    v128.store(column + i, variances);
  }
  one(column: usize, i: usize, variances: v128): void {
    v128.store64_lane(column + i, variances, 0);
  }
}

export class Deviation {
  // @ts-ignore: decorator
  @inline
  pair(column: usize, i: usize, variances: v128): void {
    v128.store(column + i, f64x2.sqrt(variances));
  }
  one(column: usize, i: usize, variances: v128): void {
    v128.store64_lane(column + i, f64x2.sqrt(variances), 0);
  }
}

/**
 * Variances of a sliding window from sums of distances to a shift; rows from `start` on. The shift and
 * the sums are renewed when the variance is small beside the squares (cancellation), when the leaving
 * value dominates, and every 32 periods. Two rows go together where neither renews them; `sums` are those
 * of the distances and of their squares.
 */
export function slidingVariances<Kind>(
  n: i32,
  real: usize,
  period: i32,
  start: i32,
  place: usize,
): void {
  const inverse = 1.0 / f64(period);
  const inverses = f64x2.splat(inverse);
  const back = <usize> (period - 1) << 3;
  const end = <usize> n << 3;
  let shift = load<f64>(real + (<usize> start << 3) - back);
  let sums = sumsOf(real + (<usize> start << 3) - back, period - 1, shift);
  let untilReseed = RESEED_PERIODS * period;
  for (let i = <usize> start << 3; i < end; i += 8) {
    const shifts = f64x2.splat(shift);
    for (; i + 16 <= end && untilReseed > 2; i += 16) {
      const come = f64x2.sub(v128.load(real + i), shifts);
      const left = f64x2.sub(v128.load(real + i - back), shifts);
      const comeSquares = f64x2.mul(come, come);
      const leftSquares = f64x2.mul(left, left);
      const first = f64x2.add(sums, v128.shuffle<f64>(come, comeSquares, 0, 2));
      const between = f64x2.sub(first, v128.shuffle<f64>(left, leftSquares, 0, 2));
      const second = f64x2.add(between, v128.shuffle<f64>(come, comeSquares, 1, 3));
      const after = f64x2.sub(second, v128.shuffle<f64>(left, leftSquares, 1, 3));
      const means = f64x2.mul(v128.shuffle<f64>(first, second, 0, 2), inverses);
      const squares = f64x2.mul(v128.shuffle<f64>(first, second, 1, 3), inverses);
      const variances = f64x2.sub(squares, f64x2.mul(means, means));
      const rest = v128.shuffle<f64>(between, after, 1, 3);
      const limits = f64x2.mul(Constant.at(LIMITS, 0), f64x2.mul(rest, inverses));
      const rules = f64x2.gt(leftSquares, f64x2.mul(Constant.at(LIMITS, 1), rest));
      if (v128.any_true(v128.or(f64x2.lt(variances, limits), rules))) break;
      sums = after;
      untilReseed -= 2;
      changetype<Kind>(0).pair(place, i, variances);
    }
    if (i >= end) return;
    sums = f64x2.add(sums, termsOf(load<f64>(real + i) - shift));
    let variance = varianceOf(sums, inverse);
    const left = termsOf(load<f64>(real + i - back) - shift);
    sums = f64x2.sub(sums, left);
    untilReseed--;
    const rest = f64x2.extract_lane(sums, 1);
    if (
      variance < SMALL * (rest * inverse) || f64x2.extract_lane(left, 1) > LARGE * rest ||
      untilReseed <= 0
    ) {
      untilReseed = RESEED_PERIODS * period;
      const oldest = real + i - back;
      shift = totalOf(oldest, period) * inverse;
      sums = sumsOf(oldest, period, shift);
      variance = varianceOf(sums, inverse);
      if (variance < NOTHING * (f64x2.extract_lane(sums, 1) * inverse)) variance = 0.0;
      sums = f64x2.sub(sums, termsOf(load<f64>(oldest) - shift));
    }
    changetype<Kind>(0).one(place, i, f64x2.splat(variance));
  }
}

/** A distance and its square. */
function termsOf(distance: f64): v128 {
  return f64x2.replace_lane(f64x2.splat(distance), 1, distance * distance);
}

function sumsOf(first: usize, rows: i32, shift: f64): v128 {
  let sums = f64x2.splat(0.0);
  for (let j = 0; j < rows; j++) sums = f64x2.add(sums, termsOf(at(first, j) - shift));
  return sums;
}

function totalOf(first: usize, rows: i32): f64 {
  let total = 0.0;
  for (let j = 0; j < rows; j++) total += at(first, j);
  return total;
}

function varianceOf(sums: v128, inverse: f64): f64 {
  const mean = f64x2.extract_lane(sums, 0) * inverse;
  return f64x2.extract_lane(sums, 1) * inverse - mean * mean;
}
