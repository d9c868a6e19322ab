import { HILBERT_BYTES, hilbertAt, PlainSteps } from "./shared/hilbert";
import { fillNan, put } from "./shared/ta";

const LOOKBACK = 32;

export function talibHtDcperiod(n: i32, real: usize, out: usize, scratch: usize): i32 {
  fillNan(out, n, LOOKBACK);
  if (n <= LOOKBACK) return 0;
  memory.fill(scratch, 0, HILBERT_BYTES);
  const cycle = hilbertAt(scratch + HILBERT_BYTES);
  cycle.prime(real, 9);
  let smoothPeriod = 0.0;
  for (let i = 12; i < n; i++) {
    cycle.step<PlainSteps>(real, i, scratch);
    cycle.adjust<PlainSteps>();
    smoothPeriod = 0.67 * smoothPeriod + 0.33 * cycle.period;
    if (i >= LOOKBACK) put(out, i, smoothPeriod);
  }
  return 0;
}
