import { cyclePhaseAt, FIRST_BAR } from "./shared/cycle_phase";
import { fillNan, put } from "./shared/ta";

const LOOKBACK = 63;
const RADIANS: f64 = 0.017453292519943295;

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
  const cycle = cyclePhaseAt(scratch, real);
  for (let i = FIRST_BAR; i < n; i++) {
    const phase = cycle.step(real, i);
    if (i < LOOKBACK) continue;
    put(sine, i, NativeMath.sin(phase * RADIANS));
    put(leadsine, i, NativeMath.sin((phase + 45.0) * RADIANS));
  }
  return 0;
}
