import { pairs3 } from "../../column/shared/map";
import { hasNan, slidingMax, slidingMin } from "./extremes";
import { at, EPSILON, isZeroScaled, put } from "./ta";

class Place {
  pair(highest: v128, lowest: v128, close: v128): v128 {
    const range = f64x2.sub(highest, lowest);
    const sizes = f64x2.add(f64x2.abs(highest), f64x2.abs(lowest));
    const isFlat = f64x2.le(f64x2.abs(range), f64x2.mul(f64x2.splat(EPSILON), sizes));
    const share = f64x2.div(f64x2.sub(close, lowest), range);
    return v128.andnot(f64x2.mul(f64x2.splat(100.0), share), isFlat);
  }
}

/**
 * The close's place between the extremes of the last `period` rows, in percent, from row period - 1
 * on. Scratch: one column.
 */
export function rawStochastic(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  period: i32,
  out: usize,
  scratch: usize,
): void {
  if (hasNan(n, high) || hasNan(n, low)) {
    followedStochastic(n, high, low, close, period, out);
    return;
  }
  const skip = <usize> (period - 1) << 3;
  slidingMax(n, high, period, out);
  slidingMin(n, low, period, scratch);
  pairs3<Place>(n - period + 1, out + skip, scratch + skip, close + skip, out + skip);
}

/**
 * The same with extremes tracked as TA-Lib does (rescan when the extreme leaves the window), which
 * decides what a NaN inside the window does.
 */
function followedStochastic(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  period: i32,
  out: usize,
): void {
  let lowestAt = -1;
  let highestAt = -1;
  let lowest = 0.0;
  let highest = 0.0;
  for (let i = period - 1; i < n; i++) {
    const first = i - period + 1;
    let value = at(low, i);
    if (lowestAt < first) {
      lowestAt = first;
      lowest = at(low, first);
      for (let j = first + 1; j <= i; j++) {
        value = at(low, j);
        if (value < lowest) {
          lowestAt = j;
          lowest = value;
        }
      }
    } else if (value <= lowest) {
      lowestAt = i;
      lowest = value;
    }
    value = at(high, i);
    if (highestAt < first) {
      highestAt = first;
      highest = at(high, first);
      for (let j = first + 1; j <= i; j++) {
        value = at(high, j);
        if (value > highest) {
          highestAt = j;
          highest = value;
        }
      }
    } else if (value >= highest) {
      highestAt = i;
      highest = value;
    }
    const isFlat = isZeroScaled(highest - lowest, abs<f64>(highest) + abs<f64>(lowest));
    put(out, i, isFlat ? 0.0 : 100.0 * ((at(close, i) - lowest) / (highest - lowest)));
  }
}
