import { at, put } from "../../window/shared/rows";

/**
 * Bands that only tighten while the price stays on their side, and the line that follows one of them.
 * All are 0 before row `period`. A price that compares with neither band sends the line to the other
 * band, or to 0 when `isStrict`.
 */
export function trailBands(
  n: i32,
  price: usize,
  upper: usize,
  lower: usize,
  period: i32,
  isStrict: bool,
  line: usize,
): void {
  let top = 0.0, bottom = 0.0, held = 0.0;
  for (let i = 0; i < n; i++) {
    if (i >= period) {
      const before = at(price, i - 1);
      const current = at(price, i);
      const wasTop = held === top;
      const wasBottom = held === bottom;
      if (at(upper, i) < top || before > top) top = at(upper, i);
      if (at(lower, i) > bottom || before < bottom) bottom = at(lower, i);
      if (wasTop && current <= top) held = top;
      else if (wasTop && (current > top || !isStrict)) held = bottom;
      else if (wasBottom && current >= bottom) held = bottom;
      else if (wasBottom && (current < bottom || !isStrict)) held = top;
      else held = 0.0;
    }
    put(line, i, held);
  }
}

/** `middle` becomes middle + multiplier * width, and `width` middle - multiplier * width. */
export function spreadBands(n: i32, middle: usize, width: usize, multiplier: f64): void {
  for (let i = 0; i < n; i++) {
    const reach = multiplier * at(width, i);
    put(width, i, at(middle, i) - reach);
    put(middle, i, at(middle, i) + reach);
  }
}
