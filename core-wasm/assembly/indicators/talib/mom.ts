import { columnSub } from "../column/arithmetic";
import { fillNan } from "./shared/ta";

export function talibMom(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 1) return 1;
  fillNan(out, n, timeperiod);
  if (n <= timeperiod) return 0;
  const skip = <usize> timeperiod << 3;
  return columnSub(n - timeperiod, real + skip, real, out + skip, 0);
}
