/** Moving a column by rows and differences over rows. Negative periods read the future. */

function shiftBy<T>(n: i32, a: usize, periods: i32, fill: T, out: usize): i32 {
  const width = sizeof<T>();
  const count = min<i32>(n, abs<i32>(periods));
  const kept = <usize> (n - count) * width;
  const moved = <usize> count * width;
  if (periods >= 0) {
    for (let i = 0; i < count; i++) store<T>(out + <usize> i * width, fill);
    memory.copy(out + moved, a, kept);
  } else {
    memory.copy(out, a + moved, kept);
    for (let i = n - count; i < n; i++) store<T>(out + <usize> i * width, fill);
  }
  return 0;
}

export function columnShift(n: i32, a: usize, periods: i32, out: usize, scratch: usize): i32 {
  return shiftBy<f64>(n, a, periods, NaN, out);
}
export function columnShiftTag(n: i32, a: usize, periods: i32, out: usize, scratch: usize): i32 {
  return shiftBy<i32>(n, a, periods, -1, out);
}
export function columnShiftFill(
  n: i32,
  a: usize,
  periods: i32,
  value: f64,
  out: usize,
  scratch: usize,
): i32 {
  return shiftBy<f64>(n, a, periods, value, out);
}
export function columnShiftIntFill(
  n: i32,
  a: usize,
  periods: i32,
  value: f64,
  out: usize,
  scratch: usize,
): i32 {
  return shiftBy<i64>(n, a, periods, i64(value), out);
}
export function columnShiftBoolFill(
  n: i32,
  a: usize,
  periods: i32,
  value: f64,
  out: usize,
  scratch: usize,
): i32 {
  return shiftBy<u8>(n, a, periods, u8(value !== 0.0), out);
}

/** The row `periods` back, or NaN outside the column. */
function earlier(n: i32, a: usize, row: i32): f64 {
  return row >= 0 && row < n ? load<f64>(a + (<usize> row << 3)) : NaN;
}

export function columnDiff(n: i32, a: usize, periods: i32, out: usize, scratch: usize): i32 {
  for (let i = 0; i < n; i++) {
    const at = <usize> i << 3;
    store<f64>(out + at, load<f64>(a + at) - earlier(n, a, i - periods));
  }
  return 0;
}
export function columnPctChange(n: i32, a: usize, periods: i32, out: usize, scratch: usize): i32 {
  for (let i = 0; i < n; i++) {
    const at = <usize> i << 3;
    store<f64>(out + at, load<f64>(a + at) / earlier(n, a, i - periods) - 1.0);
  }
  return 0;
}
