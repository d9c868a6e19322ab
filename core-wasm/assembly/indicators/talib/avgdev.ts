import { OneRow, TwoRows } from "./shared/rows";
import { fillNan } from "./shared/ta";

/** Sums run from the newest row to the oldest. */
export function talibAvgdev(
  n: i32,
  real: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  const head = timeperiod - 1;
  fillNan(out, n, head);
  if (n <= head) return 0;
  const window = <usize> head << 3;
  const end = <usize> n << 3;
  let i = window;
  for (; i + 16 <= end; i += 16) deviate<TwoRows>(real + i, window, timeperiod, out + i);
  if (i < end) deviate<OneRow>(real + i, window, timeperiod, out + i);
  return 0;
}

function deviate<Rows>(newest: usize, window: usize, timeperiod: i32, out: usize): void {
  const rows = changetype<Rows>(0);
  const divisors = f64x2.splat(f64(timeperiod));
  let total = f64x2.splat(0.0);
  for (let at = newest; at + window >= newest; at -= 8) total = f64x2.add(total, rows.load(at));
  const means = f64x2.div(total, divisors);
  let deviation = f64x2.splat(0.0);
  for (let at = newest; at + window >= newest; at -= 8) {
    deviation = f64x2.add(deviation, f64x2.abs(f64x2.sub(rows.load(at), means)));
  }
  rows.store(out, f64x2.div(deviation, divisors));
}
