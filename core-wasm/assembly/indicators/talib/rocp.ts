import { at, fillNan, put } from "./shared/ta";

/** Zero where the earlier value is zero. */
export function talibRocp(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 1) return 1;
  fillNan(out, n, timeperiod);
  for (let i = timeperiod; i < n; i++) {
    const before = at(real, i - timeperiod);
    put(out, i, before !== 0.0 ? (at(real, i) - before) / before : 0.0);
  }
  return 0;
}
