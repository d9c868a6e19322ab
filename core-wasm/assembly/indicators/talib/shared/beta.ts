import { Lanes } from "../../shared/lanes";
import { Pairs, PairSums, pairSumsAt } from "./pair_sums";
import { put } from "./ta";

const RESEED_PERIODS = 32;
const EPSILON: f64 = 1e-14;

/** The slope of the second series' changes over the first's, from row `period` on. */
export function slidingBeta(
  n: i32,
  real0: usize,
  real1: usize,
  period: i32,
  out: usize,
  scratch: usize,
): void {
  const count = f64(period);
  const kept = pairSumsAt(scratch);
  kept.restart(changes(real0, real1, 1));
  for (let i = 1; i < period; i++) kept.add(changes(real0, real1, i));
  let shifts = kept.shifts;
  let sums = kept.sums;
  let squares = kept.squares;
  let products = kept.products;
  let leaving = f64x2.splat(0.0);
  let untilReseed = RESEED_PERIODS * period;
  for (let i = period; i < n; i++) {
    const entering = f64x2.sub(changes(real0, real1, i), shifts);
    sums = f64x2.add(sums, entering);
    squares = f64x2.add(squares, f64x2.mul(entering, entering));
    products = f64x2.add(products, Pairs.product(entering));
    let scale = count * f64x2.extract_lane(squares, 0);
    let spread = scale - f64x2.extract_lane(f64x2.mul(sums, sums), 0);
    untilReseed--;
    if (spread < 0.000001 * scale || isDominated(leaving, squares) || untilReseed <= 0) {
      untilReseed = RESEED_PERIODS * period;
      reseed(kept, real0, real1, i - period + 1, i);
      shifts = kept.shifts;
      sums = kept.sums;
      squares = kept.squares;
      products = kept.products;
      scale = count * f64x2.extract_lane(squares, 0);
      spread = scale - f64x2.extract_lane(f64x2.mul(sums, sums), 0);
      if (spread < 0.0) spread = 0.0;
    }
    const shared = count * f64x2.extract_lane(products, 0) -
      f64x2.extract_lane(Pairs.product(sums), 0);
    put(out, i, spread > EPSILON * scale ? shared / spread : 0.0);
    const oldest = f64x2.sub(changes(real0, real1, i - period + 1), shifts);
    leaving = f64x2.mul(oldest, oldest);
    sums = f64x2.sub(sums, oldest);
    squares = f64x2.sub(squares, leaving);
    products = f64x2.sub(products, Pairs.product(oldest));
  }
}

/** Both changes from the row before, or 0 after a price of nothing. */
function changes(real0: usize, real1: usize, i: i32): v128 {
  const at = <usize> i << 3;
  const before = Lanes.load(real0, real1, at - 8);
  const shares = f64x2.div(f64x2.sub(Lanes.load(real0, real1, at), before), before);
  return v128.and(shares, f64x2.ne(before, f64x2.splat(0.0)));
}

function isDominated(leaving: v128, squares: v128): bool {
  return i64x2.bitmask(f64x2.gt(leaving, f64x2.mul(f64x2.splat(1000.0), squares))) !== 0;
}

function reseed(kept: PairSums, real0: usize, real1: usize, first: i32, last: i32): void {
  let totals = f64x2.splat(0.0);
  for (let j = first; j <= last; j++) totals = f64x2.add(totals, changes(real0, real1, j));
  kept.restart(f64x2.div(totals, f64x2.splat(f64(last - first + 1))));
  for (let j = first; j <= last; j++) kept.add(changes(real0, real1, j));
}
