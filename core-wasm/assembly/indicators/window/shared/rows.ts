export function at(column: usize, row: i32): f64 {
  return load<f64>(column + (<usize> row << 3));
}

export function put(column: usize, row: i32, value: f64): void {
  store<f64>(column + (<usize> row << 3), value);
}

/** A number that a window counts: pandas takes an infinite one as missing. */
export function isObserved(value: f64): bool {
  return value - value === 0.0;
}
