import { Pick } from "../../shared/pick";
import { at } from "./ta";

/**
 * The row of a window's extreme after row i has come, given the row before it, as TA-Lib follows it: a
 * rescan when the extreme leaves the window, which starts at `first`. A new row wins against an equal
 * one; `lastWins` decides between equal ones in a rescan. A NaN at the start of a rescan stays.
 */
export class ExtremeRow {
  // @ts-ignore: decorator
  @inline
  static max(row: i32, real: usize, first: i32, i: i32, lastWins: bool): i32 {
    if (row >= first) return at(real, i) >= at(real, row) ? i : row;
    return rescanMax(real, first, i, lastWins);
  }

  // @ts-ignore: decorator
  @inline
  static min(row: i32, real: usize, first: i32, i: i32, lastWins: bool): i32 {
    if (row >= first) return at(real, i) <= at(real, row) ? i : row;
    return rescanMin(real, first, i, lastWins);
  }
}

function rescanMax(real: usize, first: i32, i: i32, lastWins: bool): i32 {
  let best = at(real, first);
  for (let j = first + 1; j <= i; j++) best = Pick.larger(best, at(real, j));
  return rowOf(best, real, first, i, lastWins);
}

function rescanMin(real: usize, first: i32, i: i32, lastWins: bool): i32 {
  let best = at(real, first);
  for (let j = first + 1; j <= i; j++) best = Pick.smaller(best, at(real, j));
  return rowOf(best, real, first, i, lastWins);
}

/** The first or last row with the value; `first` if there is none. */
function rowOf(value: f64, real: usize, first: i32, last: i32, lastWins: bool): i32 {
  if (lastWins) {
    for (let j = last; j > first; j--) if (at(real, j) === value) return j;
    return first;
  }
  for (let j = first; j <= last; j++) if (at(real, j) === value) return j;
  return first;
}
