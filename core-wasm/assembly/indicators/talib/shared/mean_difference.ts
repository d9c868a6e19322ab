import { at, fillNan } from "./ta";

/** The sliding mean of `a - b`, in TA-Lib's order: add the newest, divide, subtract the oldest. */
export function meanDifference(n: i32, a: usize, b: usize, timeperiod: i32, out: usize): i32 {
  const head = timeperiod - 1;
  fillNan(out, n, head);
  if (n <= head) return 0;
  let total = 0.0;
  for (let i = 0; i < head; i++) total += at(a, i) - at(b, i);
  const divisor = f64(timeperiod);
  const back = <usize> head << 3;
  const end = a + (<usize> n << 3);
  let newA = a + back;
  let newB = b + back;
  for (let to = out + back; newA < end; newA += 8, newB += 8, to += 8) {
    total += load<f64>(newA) - load<f64>(newB);
    store<f64>(to, total / divisor);
    total -= load<f64>(newA - back) - load<f64>(newB - back);
  }
  return 0;
}
