import { Pick } from "../shared/pick";

/** Averaged candles; the open follows the previous averaged candle, and NaN loses in high and low. */
export function qtpylibHeikinashi(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  haOpen: usize,
  haHigh: usize,
  haLow: usize,
  haClose: usize,
  scratch: usize,
): i32 {
  if (n === 0) return 0;
  let middle = (load<f64>(open) + load<f64>(close)) / 2.0;
  for (let i: usize = 0, end = <usize> n << 3; i < end; i += 8) {
    const top = load<f64>(high + i);
    const bottom = load<f64>(low + i);
    const mean = (load<f64>(open + i) + top + bottom + load<f64>(close + i)) / 4.0;
    store<f64>(haOpen + i, middle);
    store<f64>(haHigh + i, Pick.largerPresent(Pick.largerPresent(top, middle), mean));
    store<f64>(haLow + i, Pick.smallerPresent(Pick.smallerPresent(bottom, middle), mean));
    store<f64>(haClose + i, mean);
    middle = (middle + mean) / 2.0;
  }
  return 0;
}
