import { at } from "./ta";

/** Keeps the row of a window's extreme, rescanning when it leaves, as TA-Lib does. */
export class ExtremeIndex {
  row: i32;
  value: f64;
}

/**
 * Advances the largest to row i with the window starting at `first`. `lastWins` decides between equal
 * values during a rescan; a new row always wins against an equal one.
 */
export function advanceMax(
  best: ExtremeIndex,
  real: usize,
  first: i32,
  i: i32,
  lastWins: bool,
): void {
  const value = at(real, i);
  if (best.row < first) {
    best.row = first;
    best.value = at(real, first);
    for (let j = first + 1; j <= i; j++) {
      const each = at(real, j);
      if (each > best.value || (lastWins && each === best.value)) {
        best.row = j;
        best.value = each;
      }
    }
  } else if (value >= best.value) {
    best.row = i;
    best.value = value;
  }
}

/** The same for the smallest. */
export function advanceMin(
  best: ExtremeIndex,
  real: usize,
  first: i32,
  i: i32,
  lastWins: bool,
): void {
  const value = at(real, i);
  if (best.row < first) {
    best.row = first;
    best.value = at(real, first);
    for (let j = first + 1; j <= i; j++) {
      const each = at(real, j);
      if (each < best.value || (lastWins && each === best.value)) {
        best.row = j;
        best.value = each;
      }
    }
  } else if (value <= best.value) {
    best.row = i;
    best.value = value;
  }
}

/** Bytes that `extremeAt` needs. */
export const EXTREME_BYTES: i32 = 16;

/** An empty state in `place`. */
export function extremeAt(place: usize): ExtremeIndex {
  const state = changetype<ExtremeIndex>(place);
  state.row = -1;
  state.value = 0.0;
  return state;
}
