import { parabolicStops, Signed, startsLong } from "./shared/parabolic";
import { fillNan } from "./shared/ta";

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
  const isLong = startvalue > 0.0 || (startvalue === 0.0 && startsLong(high, low));
  let start = abs<f64>(startvalue);
  if (startvalue === 0.0) start = isLong ? load<f64>(low) : load<f64>(high);
  parabolicStops<Signed>(
    n,
    high,
    low,
    isLong,
    start,
    offsetonreverse,
    smaller(accelerationinitlong, accelerationmaxlong),
    smaller(accelerationlong, accelerationmaxlong),
    accelerationmaxlong,
    smaller(accelerationinitshort, accelerationmaxshort),
    smaller(accelerationshort, accelerationmaxshort),
    accelerationmaxshort,
    out,
  );
  return 0;
}

function smaller(value: f64, bound: f64): f64 {
  return value > bound ? bound : value;
}
