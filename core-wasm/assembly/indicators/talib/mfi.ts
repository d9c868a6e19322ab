import { at, fillNan, isZeroScaled, put } from "./shared/ta";

/**
 * A window without money flow is recognised by counting bars, because the running sums keep rounding
 * residue; a sum that drifted below zero is held at zero.
 */
export function talibMfi(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  volume: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  fillNan(out, n, timeperiod);
  if (n <= timeperiod) return 0;
  let previous = (load<f64>(high) + load<f64>(low) + load<f64>(close)) / 3.0;
  let positive = 0.0;
  let negative = 0.0;
  let emptyBars = 0;
  let slot = scratch;
  const slotsEnd = scratch + (<usize> timeperiod << 4);
  for (let i = 1; i < n; i++) {
    if (i > timeperiod) {
      positive -= load<f64>(slot);
      negative -= load<f64>(slot, 8);
    }
    const typical = (at(high, i) + at(low, i) + at(close, i)) / 3.0;
    const change = typical - previous;
    const scale = abs<f64>(typical) + abs<f64>(previous);
    previous = typical;
    const flow = isZeroScaled(change, scale) ? 0.0 : typical * at(volume, i);
    const inflow = change < 0.0 ? 0.0 : flow;
    const outflow = change < 0.0 ? flow : 0.0;
    store<f64>(slot, inflow);
    store<f64>(slot, outflow, 8);
    slot += 16;
    if (slot === slotsEnd) slot = scratch;
    positive += inflow;
    negative += outflow;
    emptyBars = flow === 0.0 ? emptyBars + 1 : 0;
    if (emptyBars >= timeperiod) {
      emptyBars = timeperiod;
      positive = 0.0;
      negative = 0.0;
    }
    if (i < timeperiod) continue;
    const total = positive + negative;
    const held = positive < 0.0 ? 0.0 : positive > total ? total : positive;
    put(out, i, total <= 0.0 ? 0.0 : 100.0 * (held / total));
  }
  return 0;
}
