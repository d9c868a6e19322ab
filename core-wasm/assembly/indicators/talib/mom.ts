import { at, fillNan, put } from "./shared/ta";

export function talibMom(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 1) return 1;
  fillNan(out, n, timeperiod);
  for (let i = timeperiod; i < n; i++) put(out, i, at(real, i) - at(real, i - timeperiod));
  return 0;
}
