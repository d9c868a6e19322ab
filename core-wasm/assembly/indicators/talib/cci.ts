import { at, fillNan, isZeroScaled, put } from "./shared/ta";

/** Sums run over the ring's slots in their own order, not by age: that is TA-Lib's rounding. */
export function talibCci(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  fillNan(out, n, timeperiod - 1);
  if (n < timeperiod) return 0;
  const ringEnd = scratch + (<usize> timeperiod << 3);
  let slot = scratch;
  const divisor = f64(timeperiod);
  for (let i = 0; i < n; i++) {
    const typical = (at(high, i) + at(low, i) + at(close, i)) / 3.0;
    store<f64>(slot, typical);
    slot += 8;
    if (slot === ringEnd) slot = scratch;
    if (i < timeperiod - 1) continue;
    let total = 0.0;
    for (let each = scratch; each < ringEnd; each += 8) total += load<f64>(each);
    const average = total / divisor;
    let deviation = 0.0;
    for (let each = scratch; each < ringEnd; each += 8) {
      deviation += abs<f64>(load<f64>(each) - average);
    }
    const distance = typical - average;
    const mean = deviation / divisor;
    const isFlat = isZeroScaled(distance, abs<f64>(average)) ||
      isZeroScaled(mean, abs<f64>(average));
    const unit = 0.015 * mean;
    put(out, i, isFlat || unit === 0.0 ? 0.0 : distance / unit);
  }
  return 0;
}
