import { directionalMovement } from "./shared/directional_movement";

export function talibMinusDm(
  n: i32,
  high: usize,
  low: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  return directionalMovement(n, high, low, timeperiod, false, out);
}
