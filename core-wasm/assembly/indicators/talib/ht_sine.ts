import { cyclePhaseAt, FIRST_BAR } from "./shared/cycle_phase";
import { fillNan, put } from "./shared/ta";

const LOOKBACK = 63;
const RADIANS: f64 = 0.017453292519943295;

/** Scratch: a column and the cycle's state. */
export function talibHtSine(
  n: i32,
  real: usize,
  sine: usize,
  leadsine: usize,
  scratch: usize,
): i32 {
  fillNan(sine, n, LOOKBACK);
  fillNan(leadsine, n, LOOKBACK);
  if (n <= LOOKBACK) return 0;
  const cycle = cyclePhaseAt(n, real, scratch, sine, scratch + (<usize> n << 3));
  for (let i = FIRST_BAR; i < n; i++) {
    const phase = cycle.step(i);
    put(sine, i, NativeMath.sin(phase * RADIANS));
    put(leadsine, i, NativeMath.sin((phase + 45.0) * RADIANS));
  }
  fillNan(sine, n, LOOKBACK);
  fillNan(leadsine, n, LOOKBACK);
  return 0;
}
