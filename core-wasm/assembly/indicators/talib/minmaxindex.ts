import { talibMaxindex } from "./maxindex";
import { talibMinindex } from "./minindex";

export function talibMinmaxindex(
  n: i32,
  real: usize,
  timeperiod: i32,
  minidx: usize,
  maxidx: usize,
  scratch: usize,
): i32 {
  const status = talibMinindex(n, real, timeperiod, minidx, scratch);
  return status !== 0 ? status : talibMaxindex(n, real, timeperiod, maxidx, scratch);
}
