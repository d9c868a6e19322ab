import { Phasors, runCycle, smoothPrices } from "./shared/hilbert";
import { fillNan } from "./shared/ta";

const LOOKBACK = 32;
const FIRST_BAR = 12;

/** Scratch: a column and the transform's state. */
export function talibHtPhasor(
  n: i32,
  real: usize,
  inphase: usize,
  quadrature: usize,
  scratch: usize,
): i32 {
  fillNan(inphase, n, LOOKBACK);
  fillNan(quadrature, n, LOOKBACK);
  if (n <= LOOKBACK) return 0;
  smoothPrices(n, real, FIRST_BAR, scratch);
  runCycle<Phasors>(n, scratch, FIRST_BAR, inphase, quadrature, scratch + (<usize> n << 3));
  fillNan(inphase, n, LOOKBACK);
  fillNan(quadrature, n, LOOKBACK);
  return 0;
}
