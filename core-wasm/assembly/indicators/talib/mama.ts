import { Hilbert, HILBERT_BYTES, hilbertAt, PlainSteps } from "./shared/hilbert";
import { at, fillNan, put } from "./shared/ta";

const LOOKBACK = 32;
const DEGREES: f64 = 57.29577951308232;

export function talibMama(
  n: i32,
  real: usize,
  fastlimit: f64,
  slowlimit: f64,
  mama: usize,
  fama: usize,
  scratch: usize,
): i32 {
  return mamaBy<PlainSteps>(n, real, fastlimit, slowlimit, mama, fama, scratch);
}

/** The step follows how fast the phase turns. `fama` 0 leaves the second line out. */
export function mamaBy<Steps>(
  n: i32,
  real: usize,
  fastlimit: f64,
  slowlimit: f64,
  mama: usize,
  fama: usize,
  scratch: usize,
): i32 {
  fillNan(mama, n, LOOKBACK);
  if (fama !== 0) fillNan(fama, n, LOOKBACK);
  if (n <= LOOKBACK) return 0;
  memory.fill(scratch, 0, HILBERT_BYTES);
  const cycle = hilbertAt(scratch + HILBERT_BYTES);
  cycle.prime(real, 9);
  const rounding = changetype<Steps>(0);
  let line = 0.0;
  let follower = 0.0;
  let previousPhase = 0.0;
  for (let i = 12; i < n; i++) {
    cycle.step<Steps>(real, i, scratch);
    const phase = cycle.i1 !== 0.0 ? rounding.angle(cycle.q1 / cycle.i1) * DEGREES : 0.0;
    const turned = max<f64>(1.0, previousPhase - phase);
    previousPhase = phase;
    let alpha = fastlimit;
    if (turned > 1.0) {
      alpha = fastlimit / turned;
      if (alpha < slowlimit) alpha = slowlimit;
    }
    line = rounding.sum(1.0 - alpha, line, alpha * at(real, i));
    alpha *= 0.5;
    follower = rounding.sum(1.0 - alpha, follower, alpha * line);
    if (i >= LOOKBACK) {
      put(mama, i, line);
      if (fama !== 0) put(fama, i, follower);
    }
    cycle.adjust<Steps>();
  }
  return 0;
}
