import { priceOscillator } from "./shared/price_oscillator";

export function talibPvo(
  n: i32,
  volume: usize,
  fastperiod: i32,
  slowperiod: i32,
  matype: i32,
  out: usize,
  scratch: usize,
): i32 {
  return priceOscillator(n, volume, fastperiod, slowperiod, matype, true, true, out, scratch);
}
