import { at, fillNan, put } from "./shared/ta";

/** The window's range over its path; the path reaches one bar further back. */
export function talibVhf(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 2) return 1;
  fillNan(out, n, timeperiod);
  for (let i = timeperiod; i < n; i++) {
    let highest = at(real, i);
    let lowest = highest;
    let before = at(real, i - timeperiod);
    let path = 0.0;
    for (let j = i - timeperiod + 1; j <= i; j++) {
      const value = at(real, j);
      path += abs<f64>(value - before);
      if (value > highest) highest = value;
      if (value < lowest) lowest = value;
      before = value;
    }
    put(out, i, path > 0.0 ? (highest - lowest) / path : 0.0);
  }
  return 0;
}
