import { pairs2 } from "../column/shared/map";
import { arcTangents } from "../shared/atan";
import { Fma } from "../shared/fma";
import { Pick } from "../shared/pick";
import { Phasors, runCycle, smoothPrices } from "./shared/hilbert";
import { at, fillNan, put } from "./shared/ta";

const LOOKBACK = 32;
const FIRST_BAR = 12;
const DEGREES: f64 = 57.29577951308232;

class Phase {
  pair(inphase: v128, quadrature: v128): v128 {
    const angles = arcTangents(f64x2.div(quadrature, inphase));
    const phases = f64x2.mul(angles, f64x2.splat(DEGREES));
    return v128.and(phases, f64x2.ne(inphase, f64x2.splat(0.0)));
  }
}

/**
 * The step follows how fast the phase turns. `fama` 0 leaves the second line out. Scratch: two columns and
 * the transform's state.
 */
export function talibMama(
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
  const column = <usize> n << 3;
  const phases = scratch + column;
  const from = <usize> FIRST_BAR << 3;
  smoothPrices(n, real, FIRST_BAR, scratch);
  runCycle<Phasors>(n, scratch, FIRST_BAR, mama, phases, phases + column);
  pairs2<Phase>(n - FIRST_BAR, mama + from, phases + from, phases + from);
  let line = 0.0;
  let follower = 0.0;
  let previousPhase = 0.0;
  for (let i = FIRST_BAR; i < n; i++) {
    const phase = at(phases, i);
    const alpha = stepOf(previousPhase - phase, fastlimit, slowlimit);
    previousPhase = phase;
    line = Fma.free(1.0 - alpha, line, alpha * at(real, i));
    put(mama, i, line);
    if (fama === 0) continue;
    const slower = alpha * 0.5;
    follower = Fma.free(1.0 - slower, follower, slower * line);
    put(fama, i, follower);
  }
  fillNan(mama, n, LOOKBACK);
  if (fama !== 0) fillNan(fama, n, LOOKBACK);
  return 0;
}

/** The fast step, over the degrees by which the phase fell back if they are more than one. */
function stepOf(turned: f64, fast: f64, slow: f64): f64 {
  const step = Pick.larger(fast / turned, slow);
  return Pick.bits(u64(turned > 1.0), step, fast);
}
