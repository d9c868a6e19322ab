import { at, fillNan, put } from "./shared/ta";
import { standardDeviations } from "./shared/variance";

export function talibStddev(
  n: i32,
  real: usize,
  timeperiod: i32,
  nbdev: f64,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  fillNan(out, n, timeperiod - 1);
  if (n < timeperiod) return 0;
  standardDeviations(n, real, timeperiod, timeperiod - 1, out);
  for (let i = timeperiod - 1; i < n; i++) put(out, i, at(out, i) * nbdev);
  return 0;
}
