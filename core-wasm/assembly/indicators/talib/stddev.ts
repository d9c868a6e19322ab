import { columnMulConst } from "../column/arithmetic";
import { fillNan } from "./shared/ta";
import { Deviation, slidingVariances } from "./shared/variance";

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
  slidingVariances<Deviation>(n, real, timeperiod, timeperiod - 1, out);
  const skip = out + (<usize> (timeperiod - 1) << 3);
  return nbdev === 1.0 ? 0 : columnMulConst(n - timeperiod + 1, skip, nbdev, skip, 0);
}
