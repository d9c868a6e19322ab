import { Fma } from "../shared/fma";
import { Pick } from "../shared/pick";
import { at, fillNan, put } from "./shared/ta";

/** The first direction is that of the first bar's directional movement; a tie is long. */
export function talibSar(
  n: i32,
  high: usize,
  low: usize,
  acceleration: f64,
  maximum: f64,
  out: usize,
  scratch: usize,
): i32 {
  fillNan(out, n, 1);
  if (n < 2) return 0;
  const step = acceleration > maximum ? maximum : acceleration;
  let factor = step;
  const fall = load<f64>(low) - load<f64>(low, 8);
  const rise = load<f64>(high, 8) - load<f64>(high);
  let isLong = !(fall > 0.0 && rise < fall);
  let extreme = isLong ? load<f64>(high, 8) : load<f64>(low, 8);
  let stop = isLong ? load<f64>(low) : load<f64>(high);
  let newHigh = load<f64>(high, 8);
  let newLow = load<f64>(low, 8);
  for (let i = 1; i < n; i++) {
    const previousHigh = newHigh;
    const previousLow = newLow;
    newHigh = at(high, i);
    newLow = at(low, i);
    const turns = isLong ? newLow <= stop : newHigh >= stop;
    if (turns) {
      isLong = !isLong;
      stop = outside(extreme, isLong, previousHigh, previousLow, newHigh, newLow);
      put(out, i, stop);
      factor = step;
      extreme = isLong ? newHigh : newLow;
    } else {
      put(out, i, stop);
      if (isLong ? newHigh > extreme : newLow < extreme) {
        extreme = isLong ? newHigh : newLow;
        factor += step;
        if (factor > maximum) factor = maximum;
      }
    }
    stop = Fma.small(factor, extreme - stop, stop);
    stop = outside(stop, isLong, previousHigh, previousLow, newHigh, newLow);
  }
  return 0;
}

/** Keeps the stop out of the last two bars' ranges. */
export function outside(
  stop: f64,
  isLong: bool,
  previousHigh: f64,
  previousLow: f64,
  newHigh: f64,
  newLow: f64,
): f64 {
  if (isLong) {
    return Pick.smaller(Pick.smaller(stop, previousLow), newLow);
  }
  return Pick.larger(Pick.larger(stop, previousHigh), newHigh);
}
