import { at, fillNan } from "./shared/ta";

export function talibSma(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 1) return 1;
  const lookback = timeperiod - 1;
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  continueSma(n, real, timeperiod, lookback, totalOfFirst(real, lookback), out);
  return 0;
}

export function totalOfFirst(real: usize, count: i32): f64 {
  let total = 0.0;
  for (let i = 0; i < count; i++) total += at(real, i);
  return total;
}

/**
 * Rows from `from` on, whose windows' earlier values are in `total`; answers the next row's. Adds the
 * new value, divides, then subtracts the oldest: the order is TA-Lib's.
 */
export function continueSma(
  n: i32,
  real: usize,
  timeperiod: i32,
  from: i32,
  total: f64,
  out: usize,
): f64 {
  const divisor = f64(timeperiod);
  let newest = real + (<usize> from << 3);
  let oldest = newest - (<usize> (timeperiod - 1) << 3);
  const end = real + (<usize> n << 3);
  let to = out + (<usize> from << 3);
  while (newest < end) {
    total += load<f64>(newest);
    store<f64>(to, total / divisor);
    total -= load<f64>(oldest);
    newest += 8;
    oldest += 8;
    to += 8;
  }
  return total;
}
