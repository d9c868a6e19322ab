import { at, put } from "./rows";

/**
 * The present values of a window in ascending order, in one piece of memory: a step searches in
 * O(log w) and moves at most w values, which for windows up to `SORTED_MAX` beats any tree.
 */
export const SORTED_MAX: i32 = 512;

/**
 * The first place in `count` ascending values whose value is not below `value`. Both searches add masked
 * halves, since a jump would be mispredicted half the time.
 */
export function lowerBound(sorted: usize, count: i32, value: f64): i32 {
  let base = 0;
  let size = count;
  while (size > 1) {
    const half = size >> 1;
    base += half & -i32(at(sorted, base + half - 1) < value);
    size -= half;
  }
  return base + (size & i32(at(sorted, base) < value));
}

/** The first place whose value is above `value`. */
export function upperBound(sorted: usize, count: i32, value: f64): i32 {
  let base = 0;
  let size = count;
  while (size > 1) {
    const half = size >> 1;
    base += half & -i32(at(sorted, base + half - 1) <= value);
    size -= half;
  }
  return base + (size & i32(at(sorted, base) <= value));
}

export function insertSorted(sorted: usize, count: i32, value: f64): void {
  const place = upperBound(sorted, count, value);
  const from = sorted + (<usize> place << 3);
  memory.copy(from + 8, from, <usize> (count - place) << 3);
  put(sorted, place, value);
}

export function removeSorted(sorted: usize, count: i32, value: f64): void {
  const to = sorted + (<usize> lowerBound(sorted, count, value) << 3);
  memory.copy(to, to + 8, sorted + (<usize> (count - 1) << 3) - to);
}

/** Takes `leaving` out and puts `entering` in; only the values between the two places move. */
export function replaceSorted(sorted: usize, count: i32, leaving: f64, entering: f64): void {
  const from = lowerBound(sorted, count, leaving);
  if (entering >= leaving) {
    const to = upperBound(sorted, count, entering) - 1;
    moveDown(sorted + (<usize> from << 3), <usize> (to - from) << 3);
    put(sorted, to, entering);
  } else {
    const to = upperBound(sorted, count, entering);
    moveUp(sorted + (<usize> to << 3), <usize> (from - to) << 3);
    put(sorted, to, entering);
  }
}

/** Moves `bytes` behind `to` down by one value. */
function moveDown(to: usize, bytes: usize): void {
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) v128.store(to + i, v128.load(to + i, 8));
  if (i < bytes) store<f64>(to + i, load<f64>(to + i, 8));
}

/** Moves `bytes` at `from` up by one value. */
function moveUp(from: usize, bytes: usize): void {
  let i = bytes;
  for (; i >= 16; i -= 16) v128.store(from + i - 8, v128.load(from + i - 16));
  if (i > 0) store<f64>(from + 8, load<f64>(from));
}
