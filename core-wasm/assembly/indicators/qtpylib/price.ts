export function qtpylibTypicalPrice(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  for (let i: usize = 0, end = <usize> n << 3; i < end; i += 8) {
    store<f64>(
      out + i,
      (load<f64>(high + i) + load<f64>(low + i) + load<f64>(close + i)) / 3.0,
    );
  }
  return 0;
}

export function qtpylibMidPrice(
  n: i32,
  high: usize,
  low: usize,
  out: usize,
  scratch: usize,
): i32 {
  for (let i: usize = 0, end = <usize> n << 3; i < end; i += 8) {
    store<f64>(out + i, (load<f64>(high + i) + load<f64>(low + i)) / 2.0);
  }
  return 0;
}
