import { PairSums, pairSumsAt } from "./pair_sums";
import { at, put } from "./ta";

const RESEED_PERIODS = 32;
const EPSILON: f64 = 1e-14;

/**
 * Correlations of a sliding window, from row period - 1 on. The sums are renewed around the window's
 * means when one loses its digits, when a leaving value dominated, and every 32 periods.
 */
export function slidingCorrelation(
  n: i32,
  real0: usize,
  real1: usize,
  period: i32,
  out: usize,
  scratch: usize,
): void {
  const inverse = 1.0 / f64(period);
  const head = period - 1;
  const sums = pairSumsAt(scratch);
  sums.restart(at(real0, 0), at(real1, 0));
  for (let i = 0; i < head; i++) sums.add(at(real0, i), at(real1, i));
  let untilReseed = RESEED_PERIODS * period;
  let leavingX = 0.0;
  let leavingY = 0.0;
  for (let i = head; i < n; i++) {
    const first = i - head;
    sums.add(at(real0, i), at(real1, i));
    let squaresX = sums.xx - sums.x * sums.x * inverse;
    let squaresY = sums.yy - sums.y * sums.y * inverse;
    untilReseed--;
    if (
      squaresX < 0.000001 * sums.xx || squaresY < 0.000001 * sums.yy ||
      leavingX > 1000000.0 * sums.xx || leavingY > 1000000.0 * sums.yy || untilReseed <= 0
    ) {
      untilReseed = RESEED_PERIODS * period;
      reseed(sums, real0, real1, first, i, inverse);
      squaresX = notNegative(sums.xx - sums.x * sums.x * inverse);
      squaresY = notNegative(sums.yy - sums.y * sums.y * inverse);
    }
    const products = sums.xy - sums.x * sums.y * inverse;
    put(out, i, coefficient(squaresX, squaresY, products, sums));
    const oldX = at(real0, first) - sums.shiftX;
    const oldY = at(real1, first) - sums.shiftY;
    leavingX = oldX * oldX;
    leavingY = oldY * oldY;
    sums.remove(at(real0, first), at(real1, first));
  }
}

function reseed(
  sums: PairSums,
  real0: usize,
  real1: usize,
  first: i32,
  last: i32,
  inverse: f64,
): void {
  let totalX = 0.0;
  let totalY = 0.0;
  for (let j = first; j <= last; j++) {
    totalX += at(real0, j);
    totalY += at(real1, j);
  }
  sums.restart(totalX * inverse, totalY * inverse);
  for (let j = first; j <= last; j++) sums.add(at(real0, j), at(real1, j));
}

/** Zero when a series does not vary, measured against its own scale. */
function coefficient(squaresX: f64, squaresY: f64, products: f64, sums: PairSums): f64 {
  if (!(squaresX > EPSILON * sums.xx && squaresY > EPSILON * sums.yy)) return 0.0;
  const square = squaresX * squaresY;
  if (!(square > 0.0)) return 0.0;
  const value = products / sqrt<f64>(square);
  return value > 1.0 ? 1.0 : value < -1.0 ? -1.0 : value;
}

function notNegative(value: f64): f64 {
  return value < 0.0 ? 0.0 : value;
}
