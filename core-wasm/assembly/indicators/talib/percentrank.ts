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
    const end = real + (<usize> i << 3);
    const count = countBelow(end - (<usize> timeperiod << 3), end, at(real, i));
    put(out, i, f64(count) / divisor * 100.0);
  }
  return 0;
}

/** How many values from `from` on are less than `value`; eight are compared a turn. */
function countBelow(from: usize, end: usize, value: f64): i64 {
  const values = f64x2.splat(value);
  let below = i64x2.splat(0);
  let other = below;
  for (; from + 64 <= end; from += 64) {
    const near = f64x2.lt(v128.load(from), values);
    const far = f64x2.lt(v128.load(from, 16), values);
    below = i64x2.sub(below, i64x2.add(near, f64x2.lt(v128.load(from, 32), values)));
    other = i64x2.sub(other, i64x2.add(far, f64x2.lt(v128.load(from, 48), values)));
  }
  for (; from + 16 <= end; from += 16) {
    below = i64x2.sub(below, f64x2.lt(v128.load(from), values));
  }
  below = i64x2.add(below, other);
  const count = i64x2.extract_lane(below, 0) + i64x2.extract_lane(below, 1);
  return count + i64(from < end && load<f64>(from) < value);
}
