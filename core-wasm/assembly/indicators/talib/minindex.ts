import { smaller } from "../shared/choose";
import { at, fillZero } from "./shared/ta";

/** The row of the extreme, counted from the first row with a value; a rescan takes the first of equals. */
export function talibMinindex(
  n: i32,
  real: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  fillZero(out, n, timeperiod - 1);
  let row = -1;
  let best = 0.0;
  for (let i = timeperiod - 1; i < n; i++) {
    const first = i - timeperiod + 1;
    const value = at(real, i);
    if (row < first) {
      row = first;
      best = at(real, first);
      for (let j = first + 1; j <= i; j++) {
        const each = at(real, j);
        row = select<i32>(j, row, each < best);
        best = smaller(each, best);
      }
    } else if (value <= best) {
      row = i;
      best = value;
    }
    store<i32>(out + (<usize> i << 2), row);
  }
  return 0;
}
