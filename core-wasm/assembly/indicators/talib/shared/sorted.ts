import { at, put } from "./ta";

/** The first place in `count` ascending values whose value is not below `value`. */
function lowerBound(sorted: usize, count: i32, value: f64): i32 {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(sorted, middle) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Puts `value` among `count` ascending values, after its equals. */
export function insertSorted(sorted: usize, count: i32, value: f64): void {
  let place = lowerBound(sorted, count, value);
  while (place < count && at(sorted, place) === value) place++;
  const from = sorted + (<usize> place << 3);
  memory.copy(from + 8, from, <usize> (count - place) << 3);
  put(sorted, place, value);
}

/** Takes the first value equal to `value` out of `count` ascending values. */
export function removeSorted(sorted: usize, count: i32, value: f64): void {
  const place = min<i32>(count - 1, lowerBound(sorted, count, value));
  const to = sorted + (<usize> place << 3);
  memory.copy(to, to + 8, <usize> (count - place - 1) << 3);
}
