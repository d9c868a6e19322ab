import { directionalIndex, outwardMoves } from "./shared/directional";
import { at, fillNan, put, trueRange } from "./shared/ta";

/** A bar whose index is undefined repeats the last one. */
export function talibDx(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  fillNan(out, n, timeperiod);
  if (n <= timeperiod) return 0;
  const divisor = f64(timeperiod);
  const divisors = f64x2.splat(divisor);
  let sums = f64x2.splat(0.0);
  let range = 0.0;
  let last = 0.0;
  for (let i = 1; i < n; i++) {
    const up = at(high, i) - at(high, i - 1);
    const down = at(low, i - 1) - at(low, i);
    const newRange = trueRange(at(high, i), at(low, i), at(close, i - 1));
    if (i < timeperiod) {
      sums = f64x2.add(sums, outwardMoves(up, down));
      range += newRange;
      continue;
    }
    sums = f64x2.sub(sums, f64x2.div(sums, divisors));
    sums = f64x2.add(sums, outwardMoves(up, down));
    range = range - range / divisor + newRange;
    const index = directionalIndex(sums, range);
    last = index === index ? index : last;
    put(out, i, last);
  }
  return 0;
}
