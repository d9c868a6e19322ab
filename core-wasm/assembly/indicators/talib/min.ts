import { slidingMin } from "./shared/extremes";
import { fillNan } from "./shared/ta";

export function talibMin(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 2) return 1;
  fillNan(out, n, timeperiod - 1);
  slidingMin(n, real, timeperiod, out);
  return 0;
}
