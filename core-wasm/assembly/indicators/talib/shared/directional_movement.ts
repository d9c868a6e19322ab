import { outwardMove } from "./directional";
import { at, fillNan, put } from "./ta";

/** Wilder's running sum of one side's movement; a period of 1 is the bare movement. */
export function directionalMovement(
  n: i32,
  high: usize,
  low: usize,
  timeperiod: i32,
  isPlus: bool,
  out: usize,
): i32 {
  if (timeperiod < 1) return 1;
  const lookback = timeperiod === 1 ? 1 : timeperiod - 1;
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  const divisor = f64(timeperiod);
  let sum = 0.0;
  for (let i = 1; i < n; i++) {
    const up = at(high, i) - at(high, i - 1);
    const down = at(low, i - 1) - at(low, i);
    const move = isPlus ? outwardMove(up, down) : outwardMove(down, up);
    if (timeperiod === 1) sum = move;
    else if (i < timeperiod) sum += move;
    else sum = sum - sum / divisor + move;
    if (i >= lookback) put(out, i, sum);
  }
  return 0;
}
