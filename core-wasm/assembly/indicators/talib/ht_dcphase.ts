import { cyclePhaseAt, FIRST_BAR } from "./shared/cycle_phase";
import { fillNan, put } from "./shared/ta";

const LOOKBACK = 63;

export function talibHtDcphase(n: i32, real: usize, out: usize, scratch: usize): i32 {
  fillNan(out, n, LOOKBACK);
  if (n <= LOOKBACK) return 0;
  const cycle = cyclePhaseAt(scratch, real);
  for (let i = FIRST_BAR; i < n; i++) {
    const phase = cycle.step(real, i);
    if (i >= LOOKBACK) put(out, i, phase);
  }
  return 0;
}
