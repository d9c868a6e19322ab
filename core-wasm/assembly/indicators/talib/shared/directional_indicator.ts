import { Pick } from "../../shared/pick";
import { at, fillNan, put, trueRange } from "./ta";

/** Smoothed movement over smoothed range, in percent; a period of 1 is the unsmoothed fraction. */
export function directionalIndicator(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  timeperiod: i32,
  isPlus: bool,
  out: usize,
): i32 {
  if (timeperiod < 1) return 1;
  fillNan(out, n, timeperiod);
  if (n <= timeperiod) return 0;
  const divisor = f64(timeperiod);
  let previousHigh = load<f64>(high);
  let previousLow = load<f64>(low);
  let movement = 0.0;
  let range = 0.0;
  for (let i = 1; i < n; i++) {
    const newHigh = at(high, i);
    const newLow = at(low, i);
    const up = newHigh - previousHigh;
    const down = previousLow - newLow;
    const newRange = trueRange(newHigh, newLow, at(close, i - 1));
    previousHigh = newHigh;
    previousLow = newLow;
    const lead = isPlus ? up - down : down - up;
    const move = Pick.bits(u64(lead > 0.0), isPlus ? up : down, 0.0);
    if (timeperiod === 1) {
      put(out, i, move > 0.0 && newRange > 0.0 ? move / newRange : 0.0);
      continue;
    }
    if (i < timeperiod) {
      movement = Pick.larger(movement + move, movement);
      range += newRange;
      continue;
    }
    const kept = movement - movement / divisor;
    movement = Pick.larger(kept + move, kept);
    range = range - range / divisor + newRange;
    put(out, i, range > 0.0 ? 100.0 * (movement / range) : 0.0);
  }
  return 0;
}
