import { at, fillNan, isZeroScaled, put } from "./shared/ta";

/**
 * A window without money flow is recognised by counting bars, because the running sums keep rounding
 * residue; a sum that drifted below zero is held at zero. Scratch: the window's flows, in and out.
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
  let sums = f64x2.splat(0.0);
  let emptyBars = 0;
  let slot = scratch;
  const slotsEnd = scratch + (<usize> timeperiod << 4);
  for (let i = 1; i < n; i++) {
    if (i > timeperiod) sums = f64x2.sub(sums, v128.load(slot));
    const typical = (at(high, i) + at(low, i) + at(close, i)) / 3.0;
    const change = typical - previous;
    const scale = abs<f64>(typical) + abs<f64>(previous);
    previous = typical;
    const flow = isZeroScaled(change, scale) ? 0.0 : typical * at(volume, i);
    const isOut = f64x2.lt(f64x2.splat(change), f64x2.splat(0.0));
    const flows = v128.and(f64x2.splat(flow), v128.xor(isOut, i64x2(-1, 0)));
    v128.store(slot, flows);
    slot += 16;
    if (slot === slotsEnd) slot = scratch;
    sums = f64x2.add(sums, flows);
    emptyBars = flow === 0.0 ? emptyBars + 1 : 0;
    if (emptyBars >= timeperiod) {
      emptyBars = timeperiod;
      sums = f64x2.splat(0.0);
    }
    if (i < timeperiod) continue;
    const positive = f64x2.extract_lane(sums, 0);
    const total = positive + f64x2.extract_lane(sums, 1);
    const held = positive < 0.0 ? 0.0 : positive > total ? total : positive;
    put(out, i, total <= 0.0 ? 0.0 : 100.0 * (held / total));
  }
  return 0;
}
