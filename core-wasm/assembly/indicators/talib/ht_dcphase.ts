import { cyclePhaseAt, FIRST_BAR } from "./shared/cycle_phase";
import { fillNan, put } from "./shared/ta";

const LOOKBACK = 63;

/** Scratch: a column and the cycle's state. */
export function talibHtDcphase(n: i32, real: usize, out: usize, scratch: usize): i32 {
  fillNan(out, n, LOOKBACK);
  if (n <= LOOKBACK) return 0;
  const cycle = cyclePhaseAt(n, real, scratch, out, scratch + (<usize> n << 3));
  for (let i = FIRST_BAR; i < n; i++) put(out, i, cycle.step(i));
  fillNan(out, n, LOOKBACK);
  return 0;
}
