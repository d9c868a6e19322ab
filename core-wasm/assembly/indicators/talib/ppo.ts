import { priceOscillator } from "./shared/price_oscillator";

export function talibPpo(
  n: i32,
  real: usize,
  fastperiod: i32,
  slowperiod: i32,
  matype: i32,
  out: usize,
  scratch: usize,
): i32 {
  return priceOscillator(n, real, fastperiod, slowperiod, matype, true, false, out, scratch);
}
