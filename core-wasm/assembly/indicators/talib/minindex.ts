import { smaller } from "../shared/choose";
import { at, fillZero } from "./shared/ta";

/**
 * The row of the extreme, counted from the first row with a value; a rescan takes the first of equals.
 * It goes through both halves of the window side by side, for each step waits for the one before.
 */
export function talibMinindex(
  n: i32,
  real: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  fillZero(out, n, timeperiod - 1);
  const half = timeperiod >> 1;
  let row = -1;
  let best = 0.0;
  for (let i = timeperiod - 1; i < n; i++) {
    const first = i - timeperiod + 1;
    const value = at(real, i);
    if (row < first) {
      row = first;
      best = at(real, first);
      let laterRow = first;
      let later = Infinity;
      for (let j = first + 1; j < first + half; j++) {
        const each = at(real, j);
        row = select<i32>(j, row, each < best);
        best = smaller(each, best);
        const other = at(real, j + half - 1);
        laterRow = select<i32>(j + half - 1, laterRow, other < later);
        later = smaller(other, later);
      }
      for (let j = first + 2 * half - 1; j <= i; j++) {
        const other = at(real, j);
        laterRow = select<i32>(j, laterRow, other < later);
        later = smaller(other, later);
      }
      row = select<i32>(laterRow, row, later < best);
      best = smaller(later, best);
    } else if (value <= best) {
      row = i;
      best = value;
    }
    store<i32>(out + (<usize> i << 2), row);
  }
  return 0;
}
