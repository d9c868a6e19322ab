import { FusedSteps, HILBERT_BYTES, hilbertAt } from "./shared/hilbert";
import { fillNan, put } from "./shared/ta";

const LOOKBACK = 32;

export function talibHtPhasor(
  n: i32,
  real: usize,
  inphase: usize,
  quadrature: usize,
  scratch: usize,
): i32 {
  fillNan(inphase, n, LOOKBACK);
  fillNan(quadrature, n, LOOKBACK);
  if (n <= LOOKBACK) return 0;
  memory.fill(scratch, 0, HILBERT_BYTES);
  const cycle = hilbertAt(scratch + HILBERT_BYTES);
  cycle.prime(real, 9);
  for (let i = 12; i < n; i++) {
    cycle.step<FusedSteps>(real, i, scratch);
    if (i >= LOOKBACK) {
      put(inphase, i, cycle.i1);
      put(quadrature, i, cycle.q1);
    }
    cycle.adjust<FusedSteps>();
  }
  return 0;
}
