import { Fma } from "../shared/fma";
import { Periods, runCycle, smoothPrices } from "./shared/hilbert";
import { at, fillNan, put } from "./shared/ta";

const LOOKBACK = 32;
const FIRST_BAR = 12;

/** Scratch: a column and the transform's state. */
export function talibHtDcperiod(n: i32, real: usize, out: usize, scratch: usize): i32 {
  fillNan(out, n, LOOKBACK);
  if (n <= LOOKBACK) return 0;
  smoothPrices(n, real, FIRST_BAR, scratch);
  runCycle<Periods>(n, scratch, FIRST_BAR, out, 0, scratch + (<usize> n << 3));
  let smoothPeriod = 0.0;
  for (let i = FIRST_BAR; i < n; i++) {
    smoothPeriod = Fma.free(0.67, smoothPeriod, 0.33 * at(out, i));
    put(out, i, smoothPeriod);
  }
  fillNan(out, n, LOOKBACK);
  return 0;
}
