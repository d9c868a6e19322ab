import { at, put } from "./shared/rows";

/**
 * The extreme of the present values in the window by a queue of candidates: rows whose value no later
 * row has reached. Amortised one step a row whatever the window.
 */
function rollingExtreme(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  sign: f64,
  out: usize,
  queue: usize,
): i32 {
  if (window < 1) return 1;
  if (minPeriods > window) return 2;
  const needed = max<i32>(1, minPeriods === 0 ? window : minPeriods);
  let head = 0;
  let tail = 0;
  let present = 0;
  for (let i = 0; i < n; i++) {
    const value = at(real, i);
    if (isCounted(value)) {
      present++;
      while (tail > head && at(real, row(queue, tail - 1)) * sign <= value * sign) tail--;
      store<i32>(queue + (<usize> tail << 2), i);
      tail++;
    }
    if (i >= window && isCounted(at(real, i - window))) present--;
    while (head < tail && row(queue, head) <= i - window) head++;
    put(out, i, present >= needed ? at(real, row(queue, head)) : NaN);
  }
  return 0;
}

function row(queue: usize, position: i32): i32 {
  return load<i32>(queue + (<usize> position << 2));
}

function isCounted(value: f64): bool {
  return value - value === 0.0;
}

export function windowRollingMax(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  out: usize,
  scratch: usize,
): i32 {
  return rollingExtreme(n, real, window, minPeriods, 1.0, out, scratch);
}

export function windowRollingMin(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  out: usize,
  scratch: usize,
): i32 {
  return rollingExtreme(n, real, window, minPeriods, -1.0, out, scratch);
}
