import { at, fillNan, put } from "./shared/ta";

/** The share of the rows before that are smaller, in percent. */
export function talibPercentrank(
  n: i32,
  real: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  fillNan(out, n, timeperiod);
  const divisor = f64(timeperiod);
  for (let i = timeperiod; i < n; i++) {
    const value = at(real, i);
    const wide = f64x2.splat(value);
    let below = i64x2.splat(0);
    let each = real + (<usize> (i - timeperiod) << 3);
    const end = real + (<usize> i << 3);
    for (; each + 16 <= end; each += 16) {
      below = i64x2.sub(below, f64x2.lt(v128.load(each), wide));
    }
    let count = i64x2.extract_lane(below, 0) + i64x2.extract_lane(below, 1);
    if (each < end && load<f64>(each) < value) count++;
    put(out, i, f64(count) / divisor * 100.0);
  }
  return 0;
}
