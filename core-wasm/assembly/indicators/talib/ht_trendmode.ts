import { CyclePhase, cyclePhaseAt, FIRST_BAR } from "./shared/cycle_phase";
import { meanOfLast } from "./ht_trendline";
import { at, fillZero } from "./shared/ta";

const LOOKBACK = 63;
const RADIANS: f64 = 0.017453292519943295;

/** 1 in a trend, 0 in a cycle: near a crossing of the sine lines or while the phase turns evenly. Scratch: two columns, state. */
export function talibHtTrendmode(n: i32, real: usize, out: usize, scratch: usize): i32 {
  fillZero(out, n, LOOKBACK);
  if (n <= LOOKBACK) return 0;
  const column = <usize> n << 3;
  const smoothed = scratch;
  const cycle = cyclePhaseAt(n, real, smoothed, scratch + column, scratch + 2 * column);
  let phase = 0.0;
  let sine = 0.0;
  let leadSine = 0.0;
  let trend1 = 0.0;
  let trend2 = 0.0;
  let trend3 = 0.0;
  let days = 0;
  for (let i = FIRST_BAR; i < n; i++) {
    const previousPhase = phase;
    const previousSine = sine;
    const previousLead = leadSine;
    phase = cycle.step(i);
    sine = NativeMath.sin(phase * RADIANS);
    leadSine = NativeMath.sin((phase + 45.0) * RADIANS);
    const mean = meanOfLast(real, i, i32(cycle.smoothPeriod + 0.5));
    const line = (2.0 * trend2 + (4.0 * mean + 3.0 * trend1) + trend3) / 10.0;
    trend3 = trend2;
    trend2 = trend1;
    trend1 = mean;
    const crosses = (sine > leadSine && previousSine <= previousLead) ||
      (sine < leadSine && previousSine >= previousLead);
    days = crosses ? 1 : days + 1;
    if (i < LOOKBACK) continue;
    const isCycle = crosses || f64(days) < 0.5 * cycle.smoothPeriod ||
      turnsEvenly(cycle, phase - previousPhase);
    store<i32>(out + (<usize> i << 2), isFar(at(smoothed, i), line) || !isCycle ? 1 : 0);
  }
  return 0;
}

function turnsEvenly(cycle: CyclePhase, turned: f64): bool {
  const period = cycle.smoothPeriod;
  return period !== 0.0 && turned > 0.67 * 360.0 / period && turned < 1.5 * 360.0 / period;
}

/** The smoothed price has left the trend line by 1.5 % or more. */
function isFar(price: f64, line: f64): bool {
  return line !== 0.0 && abs<f64>((price - line) / line) >= 0.015;
}
