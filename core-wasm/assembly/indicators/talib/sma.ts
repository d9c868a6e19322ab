import { at, fillNan, put } from "./shared/ta";

/** Adds the new value, divides, then subtracts the oldest: the order is TA-Lib's. */
export function talibSma(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 1) return 1;
  const lookback = timeperiod - 1;
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  let total = 0.0;
  for (let i = 0; i < lookback; i++) total += at(real, i);
  const divisor = f64(timeperiod);
  let oldest = real;
  let newest = real + (<usize> lookback << 3);
  const end = real + (<usize> n << 3);
  let to = out + (<usize> lookback << 3);
  while (newest < end) {
    total += load<f64>(newest);
    store<f64>(to, total / divisor);
    total -= load<f64>(oldest);
    newest += 8;
    oldest += 8;
    to += 8;
  }
  return 0;
}
