import { Lanes } from "../../shared/lanes";
import { Pairs, PairSums, pairSumsAt } from "./pair_sums";
import { put } from "./ta";

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
  const inverse = f64x2.splat(1.0 / f64(period));
  const head = period - 1;
  const kept = pairSumsAt(scratch);
  kept.restart(Lanes.load(real0, real1, 0));
  for (let i = 0; i < head; i++) kept.add(Lanes.load(real0, real1, <usize> i << 3));
  let shifts = kept.shifts;
  let sums = kept.sums;
  let squares = kept.squares;
  let products = kept.products;
  let leaving = f64x2.splat(0.0);
  let untilReseed = RESEED_PERIODS * period;
  for (let i = head; i < n; i++) {
    const entering = f64x2.sub(Lanes.load(real0, real1, <usize> i << 3), shifts);
    sums = f64x2.add(sums, entering);
    squares = f64x2.add(squares, f64x2.mul(entering, entering));
    products = f64x2.add(products, Pairs.product(entering));
    let spreads = f64x2.sub(squares, f64x2.mul(f64x2.mul(sums, sums), inverse));
    untilReseed--;
    if (isDoubtful(spreads, squares, leaving) || untilReseed <= 0) {
      untilReseed = RESEED_PERIODS * period;
      reseed(kept, real0, real1, i - head, i, inverse);
      shifts = kept.shifts;
      sums = kept.sums;
      squares = kept.squares;
      products = kept.products;
      spreads = f64x2.sub(squares, f64x2.mul(f64x2.mul(sums, sums), inverse));
      spreads = f64x2.pmax(spreads, f64x2.splat(0.0));
    }
    const shared = f64x2.sub(products, f64x2.mul(Pairs.product(sums), inverse));
    put(out, i, coefficient(spreads, squares, f64x2.extract_lane(shared, 0)));
    const oldest = f64x2.sub(Lanes.load(real0, real1, <usize> (i - head) << 3), shifts);
    leaving = f64x2.mul(oldest, oldest);
    sums = f64x2.sub(sums, oldest);
    squares = f64x2.sub(squares, leaving);
    products = f64x2.sub(products, Pairs.product(oldest));
  }
}

function isDoubtful(spreads: v128, squares: v128, leaving: v128): bool {
  const lost = f64x2.lt(spreads, f64x2.mul(f64x2.splat(0.000001), squares));
  const dominated = f64x2.gt(leaving, f64x2.mul(f64x2.splat(1000000.0), squares));
  return i64x2.bitmask(v128.or(lost, dominated)) !== 0;
}

function reseed(
  kept: PairSums,
  real0: usize,
  real1: usize,
  first: i32,
  last: i32,
  inverse: v128,
): void {
  let totals = f64x2.splat(0.0);
  for (let j = first; j <= last; j++) {
    totals = f64x2.add(totals, Lanes.load(real0, real1, <usize> j << 3));
  }
  kept.restart(f64x2.mul(totals, inverse));
  for (let j = first; j <= last; j++) kept.add(Lanes.load(real0, real1, <usize> j << 3));
}

/** Zero when a series does not vary, measured against its own scale. */
function coefficient(spreads: v128, squares: v128, shared: f64): f64 {
  const isVarying = f64x2.gt(spreads, f64x2.mul(f64x2.splat(EPSILON), squares));
  if (i64x2.bitmask(isVarying) !== 3) return 0.0;
  const square = f64x2.extract_lane(spreads, 0) * f64x2.extract_lane(spreads, 1);
  if (!(square > 0.0)) return 0.0;
  const value = shared / sqrt<f64>(square);
  return value > 1.0 ? 1.0 : value < -1.0 ? -1.0 : value;
}
