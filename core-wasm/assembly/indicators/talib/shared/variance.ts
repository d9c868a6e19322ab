import { fma } from "../../shared/fma";
import { columnSqrt } from "../../column/math";
import { at, put } from "./ta";

/** Rows after which the window's sums are taken afresh, in periods. */
const RESEED_PERIODS = 32;

/**
 * Variances of a sliding window from sums of distances to a shift; rows from `start` on. The shift and
 * the sums are renewed when the variance is small beside the squares (cancellation), when the leaving
 * value dominates, and every 32 periods. A variance below 1e-12 of the squares is zero.
 */
export function slidingVariances(n: i32, real: usize, period: i32, start: i32, out: usize): void {
  const inverse = 1.0 / f64(period);
  const head = period - 1;
  let shift = at(real, start - head);
  let sum = 0.0;
  let squares = 0.0;
  for (let i = start - head; i < start; i++) {
    const distance = at(real, i) - shift;
    sum += distance;
    squares += distance * distance;
  }
  let untilReseed = RESEED_PERIODS * period;
  for (let i = start; i < n; i++) {
    const first = i - head;
    const entering = at(real, i) - shift;
    sum += entering;
    squares += entering * entering;
    const mean = sum * inverse;
    let variance = squares * inverse - mean * mean;
    let leaving = at(real, first) - shift;
    sum -= leaving;
    leaving *= leaving;
    squares -= leaving;
    untilReseed--;
    if (
      variance < 0.000001 * (squares * inverse) || leaving > 1000000.0 * squares ||
      untilReseed <= 0
    ) {
      untilReseed = RESEED_PERIODS * period;
      let total = 0.0;
      for (let j = first; j <= i; j++) total += at(real, j);
      shift = total * inverse;
      sum = 0.0;
      squares = 0.0;
      for (let j = first; j <= i; j++) {
        const distance = at(real, j) - shift;
        sum += distance;
        squares += distance * distance;
      }
      const newMean = sum * inverse;
      variance = squares * inverse - newMean * newMean;
      if (variance < 0.000000000001 * (squares * inverse)) variance = 0.0;
      const oldest = at(real, first) - shift;
      sum -= oldest;
      squares -= oldest * oldest;
    }
    put(out, i, variance);
  }
}

export function standardDeviations(
  n: i32,
  real: usize,
  period: i32,
  start: i32,
  out: usize,
): void {
  slidingVariances(n, real, period, start, out);
  const skip = out + (<usize> start << 3);
  columnSqrt(n - start, skip, skip, 0);
}
