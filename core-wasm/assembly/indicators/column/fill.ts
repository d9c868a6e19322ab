/** Replacing what is missing. */

export function columnFillna(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  for (let i: usize = 0, end = <usize> n << 3; i < end; i += 8) {
    const value = load<f64>(a + i);
    store<f64>(out + i, value !== value ? load<f64>(b + i) : value);
  }
  return 0;
}
export function columnFillnaConst(
  n: i32,
  a: usize,
  value: f64,
  out: usize,
  scratch: usize,
): i32 {
  for (let i: usize = 0, end = <usize> n << 3; i < end; i += 8) {
    const found = load<f64>(a + i);
    store<f64>(out + i, found !== found ? value : found);
  }
  return 0;
}
export function columnFfill(n: i32, a: usize, out: usize, scratch: usize): i32 {
  let last: f64 = NaN;
  for (let i: usize = 0, end = <usize> n << 3; i < end; i += 8) {
    const value = load<f64>(a + i);
    last = value !== value ? last : value;
    store<f64>(out + i, last);
  }
  return 0;
}
export function columnBfill(n: i32, a: usize, out: usize, scratch: usize): i32 {
  let next: f64 = NaN;
  for (let i = n - 1; i >= 0; i--) {
    const at = <usize> i << 3;
    const value = load<f64>(a + at);
    next = value !== value ? next : value;
    store<f64>(out + at, next);
  }
  return 0;
}
export function columnNanToNum(
  n: i32,
  a: usize,
  nan: f64,
  posinf: f64,
  neginf: f64,
  out: usize,
  scratch: usize,
): i32 {
  for (let i: usize = 0, end = <usize> n << 3; i < end; i += 8) {
    const value = load<f64>(a + i);
    let kept = value !== value ? nan : value;
    kept = value === Infinity ? posinf : kept;
    store<f64>(out + i, value === -Infinity ? neginf : kept);
  }
  return 0;
}
