import { talibAtr } from "./atr";
import { fillNan, fillZero } from "./shared/ta";

/**
 * Bands that only move towards price until a close passes them; the first trend is up. The lower band and
 * the upper one's opposite share a vector: then both rise only, and both are passed from above. Which of
 * them moves is a mask, as it is good as random.
 */
export function talibSupertrend(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  timeperiod: i32,
  multiplier: f64,
  supertrend: usize,
  trend: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  fillNan(supertrend, n, timeperiod);
  fillZero(trend, n, timeperiod);
  if (n <= timeperiod) return 0;
  talibAtr(n, high, low, close, timeperiod, supertrend, 0);
  const opposite = i64x2(0, 0x8000000000000000);
  let bands = f64x2.splat(0.0);
  let passed = i64x2.splat(-1);
  let isUp = true;
  for (let row = timeperiod; row < n; row++) {
    const i = <usize> row << 3;
    const middle = f64x2.splat((load<f64>(high + i) + load<f64>(low + i)) * 0.5);
    const width = f64x2.splat(multiplier * load<f64>(supertrend + i));
    const fresh = f64x2.sub(v128.xor(middle, opposite), width);
    bands = v128.bitselect(fresh, bands, v128.or(f64x2.gt(fresh, bands), passed));
    passed = f64x2.lt(v128.xor(v128.load64_splat(close + i), opposite), bands);
    const passes = i64x2.bitmask(passed);
    if (row > timeperiod) isUp = isUp ? (passes & 1) === 0 : passes >> 1 !== 0;
    const band = isUp ? f64x2.extract_lane(bands, 0) : -f64x2.extract_lane(bands, 1);
    store<f64>(supertrend + i, band);
    store<i32>(trend + (<usize> row << 2), isUp ? 1 : -1);
  }
  return 0;
}
