import { Hilbert, HILBERT_BYTES, hilbertAt, PlainSteps } from "./shared/hilbert";
import { at, fillNan, put } from "./shared/ta";

const LOOKBACK = 63;

/** Weighted over four means of the raw price, each over the dominant period of its bar. */
export function talibHtTrendline(n: i32, real: usize, out: usize, scratch: usize): i32 {
  fillNan(out, n, LOOKBACK);
  if (n <= LOOKBACK) return 0;
  memory.fill(scratch, 0, HILBERT_BYTES);
  const cycle = hilbertAt(scratch + HILBERT_BYTES);
  cycle.prime(real, 34);
  let smoothPeriod = 0.0;
  let trend1 = 0.0;
  let trend2 = 0.0;
  let trend3 = 0.0;
  for (let i = 37; i < n; i++) {
    cycle.step<PlainSteps>(real, i, scratch);
    cycle.adjust<PlainSteps>();
    smoothPeriod = 0.67 * smoothPeriod + 0.33 * cycle.period;
    const bars = i32(smoothPeriod + 0.5);
    let mean = 0.0;
    for (let j = 0; j < bars; j++) mean += at(real, i - j);
    if (bars > 0) mean /= f64(bars);
    const line = (2.0 * trend2 + (4.0 * mean + 3.0 * trend1) + trend3) / 10.0;
    trend3 = trend2;
    trend2 = trend1;
    trend1 = mean;
    if (i >= LOOKBACK) put(out, i, line);
  }
  return 0;
}
