import { at, fillNan, put } from "./shared/ta";

/** Sums run from the newest row to the oldest. */
export function talibAvgdev(
  n: i32,
  real: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  fillNan(out, n, timeperiod - 1);
  const divisor = f64(timeperiod);
  for (let i = timeperiod - 1; i < n; i++) {
    let total = 0.0;
    for (let j = 0; j < timeperiod; j++) total += at(real, i - j);
    const mean = total / divisor;
    let deviation = 0.0;
    for (let j = 0; j < timeperiod; j++) deviation += abs<f64>(at(real, i - j) - mean);
    put(out, i, deviation / divisor);
  }
  return 0;
}
