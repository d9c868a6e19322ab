import { Fma } from "../shared/fma";
import { outside } from "./sar";
import { at, fillNan, put } from "./shared/ta";

/** Parabolic stops with a step of their own for each side; a short side's stop is negative. */
export function talibSarext(
  n: i32,
  high: usize,
  low: usize,
  startvalue: f64,
  offsetonreverse: f64,
  accelerationinitlong: f64,
  accelerationlong: f64,
  accelerationmaxlong: f64,
  accelerationinitshort: f64,
  accelerationshort: f64,
  accelerationmaxshort: f64,
  out: usize,
  scratch: usize,
): i32 {
  fillNan(out, n, 1);
  if (n < 2) return 0;
  const initLong = smaller(accelerationinitlong, accelerationmaxlong);
  const stepLong = smaller(accelerationlong, accelerationmaxlong);
  const initShort = smaller(accelerationinitshort, accelerationmaxshort);
  const stepShort = smaller(accelerationshort, accelerationmaxshort);
  let factorLong = initLong;
  let factorShort = initShort;
  const fall = load<f64>(low) - load<f64>(low, 8);
  const rise = load<f64>(high, 8) - load<f64>(high);
  let isLong = startvalue > 0.0 || (startvalue === 0.0 && !(fall > 0.0 && rise < fall));
  let extreme = isLong ? load<f64>(high, 8) : load<f64>(low, 8);
  let stop = abs<f64>(startvalue);
  if (startvalue === 0.0) stop = isLong ? load<f64>(low) : load<f64>(high);
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
      if (offsetonreverse !== 0.0) {
        const offset = stop * offsetonreverse;
        stop = isLong ? stop - offset : stop + offset;
      }
      put(out, i, isLong ? stop : -stop);
      if (isLong) factorLong = initLong;
      else factorShort = initShort;
      extreme = isLong ? newHigh : newLow;
    } else {
      put(out, i, isLong ? stop : -stop);
      if (isLong && newHigh > extreme) {
        extreme = newHigh;
        factorLong = smaller(factorLong + stepLong, accelerationmaxlong);
      } else if (!isLong && newLow < extreme) {
        extreme = newLow;
        factorShort = smaller(factorShort + stepShort, accelerationmaxshort);
      }
    }
    stop = Fma.small(isLong ? factorLong : factorShort, extreme - stop, stop);
    stop = outside(stop, isLong, previousHigh, previousLow, newHigh, newLow);
  }
  return 0;
}

function smaller(value: f64, bound: f64): f64 {
  return value > bound ? bound : value;
}
