/** TA-Lib's own small rules, shared by its functions. */
import { Pick } from "../../shared/pick";

export const EPSILON: f64 = 1e-14;

/** Within TA-Lib's fixed band around zero. */
export function isZero(value: f64): bool {
  return -EPSILON < value && value < EPSILON;
}

/** A difference that is nothing beside its operands; `scale` is the sum of their sizes. */
export function isZeroScaled(value: f64, scale: f64): bool {
  return abs<f64>(value) <= EPSILON * scale;
}

/** The largest of three distances, compared in TA-Lib's order (which decides what NaN does). */
export function trueRange(high: f64, low: f64, previousClose: f64): f64 {
  const wider = Pick.larger(high - low, abs<f64>(high - previousClose));
  return Pick.larger(wider, abs<f64>(low - previousClose));
}

/** Marks the lookback: rows before `count` (or all of them) have no value. */
export function fillNan(out: usize, n: i32, count: i32): void {
  for (let i: usize = 0, end = <usize> max<i32>(0, min<i32>(n, count)) << 3; i < end; i += 8) {
    store<f64>(out + i, NaN);
  }
}

export function fillZero(out: usize, n: i32, count: i32): void {
  memory.fill(out, 0, <usize> max<i32>(0, min<i32>(n, count)) << 2);
}

/** Row i of an f64 column. */
export function at(column: usize, i: i32): f64 {
  return load<f64>(column + (<usize> i << 3));
}

export function put(column: usize, i: i32, value: f64): void {
  store<f64>(column + (<usize> i << 3), value);
}
