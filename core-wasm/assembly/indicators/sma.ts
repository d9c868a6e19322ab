export function sma(length: i32, real: usize, timeperiod: i32, out: usize): i32 {
  return 0;
}
