import { at, fillNan, isZeroScaled, put } from "./shared/ta";

/** Means of the close and of high and low pushed out by four times the relative range. */
export function talibAccbands(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  timeperiod: i32,
  upperband: usize,
  middleband: usize,
  lowerband: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  const head = timeperiod - 1;
  fillNan(upperband, n, head);
  fillNan(middleband, n, head);
  fillNan(lowerband, n, head);
  const divisor = f64(timeperiod);
  let upper = 0.0;
  let middle = 0.0;
  let lower = 0.0;
  for (let i = 0; i < n; i++) {
    const share = relativeRange(at(high, i), at(low, i));
    upper += at(high, i) * (1.0 + share);
    lower += at(low, i) * (1.0 - share);
    middle += at(close, i);
    if (i < head) continue;
    put(upperband, i, upper / divisor);
    put(middleband, i, middle / divisor);
    put(lowerband, i, lower / divisor);
    const first = i - head;
    const oldShare = relativeRange(at(high, first), at(low, first));
    upper -= at(high, first) * (1.0 + oldShare);
    lower -= at(low, first) * (1.0 - oldShare);
    middle -= at(close, first);
  }
  return 0;
}

/** Zero when high and low cancel. */
function relativeRange(high: f64, low: f64): f64 {
  const sum = high + low;
  return isZeroScaled(sum, abs<f64>(high) + abs<f64>(low)) ? 0.0 : 4.0 * (high - low) / sum;
}
