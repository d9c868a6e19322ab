import { advanceMax } from "./shared/extreme_index";
import { fillZero } from "./shared/ta";

/** The row of the extreme, counted from the first row with a value. */
export function talibMaxindex(
  n: i32,
  real: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  fillZero(out, n, timeperiod - 1);
  let best = -1;
  for (let i = timeperiod - 1; i < n; i++) {
    best = advanceMax(best, real, i - timeperiod + 1, i, false);
    store<i32>(out + (<usize> i << 2), best);
  }
  return 0;
}
