/** The first series lies beyond the second now and did not one row ago. The first row never crosses. */

export function qtpylibCrossedAbove(
  n: i32,
  series1: usize,
  series2: usize,
  out: usize,
  scratch: usize,
): i32 {
  let wasWithin = false;
  for (let i: usize = 0, end = <usize> n; i < end; i++) {
    const a = load<f64>(series1 + (i << 3));
    const b = load<f64>(series2 + (i << 3));
    store<u8>(out + i, u8(a > b && wasWithin));
    wasWithin = a <= b;
  }
  return 0;
}

export function qtpylibCrossedBelow(
  n: i32,
  series1: usize,
  series2: usize,
  out: usize,
  scratch: usize,
): i32 {
  return qtpylibCrossedAbove(n, series2, series1, out, scratch);
}

export function qtpylibCrossedAboveConst(
  n: i32,
  series1: usize,
  value: f64,
  out: usize,
  scratch: usize,
): i32 {
  let wasWithin = false;
  for (let i: usize = 0, end = <usize> n; i < end; i++) {
    const a = load<f64>(series1 + (i << 3));
    store<u8>(out + i, u8(a > value && wasWithin));
    wasWithin = a <= value;
  }
  return 0;
}

export function qtpylibCrossedBelowConst(
  n: i32,
  series1: usize,
  value: f64,
  out: usize,
  scratch: usize,
): i32 {
  let wasWithin = false;
  for (let i: usize = 0, end = <usize> n; i < end; i++) {
    const a = load<f64>(series1 + (i << 3));
    store<u8>(out + i, u8(a < value && wasWithin));
    wasWithin = a >= value;
  }
  return 0;
}
