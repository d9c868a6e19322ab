import { PairSums, pairSumsAt } from "./pair_sums";
import { at, put } from "./ta";

const RESEED_PERIODS = 32;
const EPSILON: f64 = 1e-14;

/** The change from the row before, or 0 after a price of nothing. */
function change(real: usize, i: i32): f64 {
  const before = at(real, i - 1);
  return before === 0.0 ? 0.0 : (at(real, i) - before) / before;
}

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
  const sums = pairSumsAt(scratch);
  sums.restart(change(real0, 1), change(real1, 1));
  for (let i = 1; i < period; i++) sums.add(change(real0, i), change(real1, i));
  let untilReseed = RESEED_PERIODS * period;
  let leavingX = 0.0;
  let leavingY = 0.0;
  for (let i = period; i < n; i++) {
    const first = i - period + 1;
    sums.add(change(real0, i), change(real1, i));
    let scale = count * sums.xx;
    let spread = scale - sums.x * sums.x;
    untilReseed--;
    if (
      spread < 0.000001 * scale || leavingX > 1000.0 * sums.xx || leavingY > 1000.0 * sums.yy ||
      untilReseed <= 0
    ) {
      untilReseed = RESEED_PERIODS * period;
      reseed(sums, real0, real1, first, i);
      scale = count * sums.xx;
      spread = scale - sums.x * sums.x;
      if (spread < 0.0) spread = 0.0;
    }
    const isVarying = spread > EPSILON * scale;
    put(out, i, isVarying ? (count * sums.xy - sums.x * sums.y) / spread : 0.0);
    const oldX = change(real0, first) - sums.shiftX;
    const oldY = change(real1, first) - sums.shiftY;
    leavingX = oldX * oldX;
    leavingY = oldY * oldY;
    sums.remove(change(real0, first), change(real1, first));
  }
}

function reseed(sums: PairSums, real0: usize, real1: usize, first: i32, last: i32): void {
  const count = f64(last - first + 1);
  let totalX = 0.0;
  let totalY = 0.0;
  for (let j = first; j <= last; j++) {
    totalX += change(real0, j);
    totalY += change(real1, j);
  }
  sums.restart(totalX / count, totalY / count);
  for (let j = first; j <= last; j++) sums.add(change(real0, j), change(real1, j));
}
