import { followRows } from "./shared/extreme_index";
import { Largest } from "./shared/pair_extremes";
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
  followRows<Largest>(n, real, timeperiod, out);
  return 0;
}
