import { Largest, Smallest } from "./pair_extremes";
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
    return rescan<Largest>(real, first, i, lastWins);
  }

  // @ts-ignore: decorator
  @inline
  static min(row: i32, real: usize, first: i32, i: i32, lastWins: bool): i32 {
    if (row >= first) return at(real, i) <= at(real, row) ? i : row;
    return rescan<Smallest>(real, first, i, lastWins);
  }
}

/**
 * Puts each window's row of its extreme, from row period - 1 on; a rescan takes the first of equals. Until
 * the extreme leaves, a row is compared with it and no more.
 */
export function followRows<Which>(n: i32, real: usize, period: i32, out: usize): void {
  const which = changetype<Which>(0);
  let i = period - 1;
  while (i < n) {
    let row = rescan<Which>(real, i - period + 1, i, false);
    let best = at(real, row);
    let end = min<i32>(n, row + period);
    store<i32>(out + (<usize> i << 2), row);
    for (i++; i < end; i++) {
      const value = at(real, i);
      if (which.reaches(value, best)) {
        row = i;
        best = value;
        end = min<i32>(n, row + period);
      }
      store<i32>(out + (<usize> i << 2), row);
    }
  }
}

/** First the extreme, four rows at a time, then the row that has it. */
function rescan<Which>(real: usize, first: i32, last: i32, lastWins: bool): i32 {
  const which = changetype<Which>(0);
  const from = real + (<usize> first << 3);
  const end = real + (<usize> last << 3) + 8;
  let one = which.none();
  let other = one;
  let odd = f64x2.splat(0.0);
  let row = from;
  for (; row + 32 <= end; row += 32) {
    const near = v128.load(row);
    const far = v128.load(row, 16);
    odd = v128.or(odd, v128.or(f64x2.ne(near, near), f64x2.ne(far, far)));
    one = which.better(one, near);
    other = which.better(other, far);
  }
  for (; row < end; row += 8) {
    const near = v128.load64_splat(row);
    odd = v128.or(odd, f64x2.ne(near, near));
    one = which.better(one, near);
  }
  one = which.better(one, other);
  let best = which.better(one, v128.shuffle<f64>(one, one, 1, 0));
  if (v128.any_true(odd)) best = inOrder<Which>(from, end);
  const found = lastWins ? lastWith(best, from, end) : firstWith(best, from, end);
  return first + i32((found - from) >> 3);
}

/** The extreme as a comparison row by row finds it, which decides what NaN does. */
function inOrder<Which>(from: usize, end: usize): v128 {
  let best = v128.load64_splat(from);
  for (let row = from + 8; row < end; row += 8) {
    best = changetype<Which>(0).better(best, v128.load64_splat(row));
  }
  return best;
}

/** Where the first or last such value lies; `from` if there is none. */
function firstWith(value: v128, from: usize, end: usize): usize {
  let row = from;
  for (; row + 16 <= end; row += 16) {
    const same = i64x2.bitmask(f64x2.eq(v128.load(row), value));
    if (same !== 0) return row + (<usize> ctz<i32>(same) << 3);
  }
  if (row === end) return from;
  return i64x2.bitmask(f64x2.eq(v128.load64_splat(row), value)) !== 0 ? row : from;
}

function lastWith(value: v128, from: usize, end: usize): usize {
  for (let row = end - 16; row >= from; row -= 16) {
    const same = i64x2.bitmask(f64x2.eq(v128.load(row), value));
    if (same !== 0) return row + (<usize> (same >> 1) << 3);
  }
  return from;
}
