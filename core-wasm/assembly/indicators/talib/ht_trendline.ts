import { Fma } from "../shared/fma";
import { Periods, runCycle, smoothPrices } from "./shared/hilbert";
import { at, fillNan, put } from "./shared/ta";

const LOOKBACK = 63;
const FIRST_BAR = 37;

/**
 * Weighted over four means of the raw price, each over the dominant period of its bar. Scratch: a column
 * and the transform's state.
 */
export function talibHtTrendline(n: i32, real: usize, out: usize, scratch: usize): i32 {
  fillNan(out, n, LOOKBACK);
  if (n <= LOOKBACK) return 0;
  smoothPrices(n, real, FIRST_BAR, scratch);
  runCycle<Periods>(n, scratch, FIRST_BAR, out, 0, scratch + (<usize> n << 3));
  let smoothPeriod = 0.0;
  let trend1 = 0.0;
  let trend2 = 0.0;
  let trend3 = 0.0;
  for (let i = FIRST_BAR; i < n; i++) {
    smoothPeriod = Fma.free(0.67, smoothPeriod, 0.33 * at(out, i));
    const mean = meanOfLast(real, i, i32(smoothPeriod + 0.5));
    put(out, i, (2.0 * trend2 + (4.0 * mean + 3.0 * trend1) + trend3) / 10.0);
    trend3 = trend2;
    trend2 = trend1;
    trend1 = mean;
  }
  fillNan(out, n, LOOKBACK);
  return 0;
}

/** The mean of the last rows up to row i, newest first; of none 0. */
export function meanOfLast(real: usize, i: i32, bars: i32): f64 {
  let total = 0.0;
  const newest = real + (<usize> i << 3);
  for (let back: usize = 0, end = <usize> max<i32>(bars, 0) << 3; back < end; back += 8) {
    total += load<f64>(newest - back);
  }
  return bars > 0 ? total / f64(bars) : total;
}
