import { directionalIndicator } from "./shared/directional_indicator";

export function talibMinusDi(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  return directionalIndicator(n, high, low, close, timeperiod, false, out);
}
