import { parabolicStops, Price, startsLong } from "./shared/parabolic";
import { fillNan } from "./shared/ta";

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
  const isLong = startsLong(high, low);
  const start = isLong ? load<f64>(low) : load<f64>(high);
  parabolicStops<Price>(
    n,
    high,
    low,
    isLong,
    start,
    0.0,
    step,
    step,
    maximum,
    step,
    step,
    maximum,
    out,
  );
  return 0;
}
