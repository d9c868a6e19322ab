import { at, fillNan, put } from "./shared/ta";

/** The volume over the mean of the bars before it. */
export function talibRvol(
  n: i32,
  volume: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 1) return 1;
  fillNan(out, n, timeperiod);
  if (n <= timeperiod) return 0;
  const divisor = f64(timeperiod);
  let total = 0.0;
  for (let i = 0; i < timeperiod; i++) total += at(volume, i);
  for (let i = timeperiod; i < n; i++) {
    const base = total / divisor;
    const traded = at(volume, i);
    total -= at(volume, i - timeperiod);
    total += traded;
    put(out, i, traded / base);
  }
  return 0;
}
