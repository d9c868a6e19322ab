import { at, fillNan, put } from "./shared/ta";

/** Both means start with the first row that has both. */
export function talibAo(
  n: i32,
  high: usize,
  low: usize,
  fastperiod: i32,
  slowperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (fastperiod < 2) return 1;
  if (slowperiod < 2) return 2;
  const longest = max<i32>(fastperiod, slowperiod);
  fillNan(out, n, longest - 1);
  const fastDivisor = f64(fastperiod);
  const slowDivisor = f64(slowperiod);
  let fast = 0.0;
  let slow = 0.0;
  for (let i = 0; i < n; i++) {
    const price = median(high, low, i);
    if (i >= longest - fastperiod) fast += price;
    if (i >= longest - slowperiod) slow += price;
    if (i < longest - 1) continue;
    put(out, i, fast / fastDivisor - slow / slowDivisor);
    fast -= median(high, low, i - fastperiod + 1);
    slow -= median(high, low, i - slowperiod + 1);
  }
  return 0;
}

function median(high: usize, low: usize, i: i32): f64 {
  return (at(high, i) + at(low, i)) / 2.0;
}
