import { pairs3 } from "../column/shared/map";
import { slidingMax, slidingMin } from "./shared/extremes";
import { slideSpan } from "./shared/pair_spans";
import { EPSILON, fillNan } from "./shared/ta";

class Place {
  /** Held between -100 and 0. */
  pair(highest: v128, lowest: v128, close: v128): v128 {
    const none = f64x2.splat(0.0);
    const range = f64x2.sub(highest, lowest);
    const sizes = f64x2.add(f64x2.abs(highest), f64x2.abs(lowest));
    const isFlat = f64x2.le(f64x2.abs(range), f64x2.mul(f64x2.splat(EPSILON), sizes));
    const share = f64x2.div(f64x2.sub(highest, close), range);
    const value = f64x2.mul(share, f64x2.splat(-100.0));
    const held = f64x2.pmax(f64x2.pmin(value, none), f64x2.splat(-100.0));
    return v128.andnot(held, isFlat);
  }
}

class Span {
  pair(highest: v128, lowest: v128, close: usize): v128 {
    return changetype<Place>(0).pair(highest, lowest, v128.load(close));
  }
  isOdd(highest: v128, lowest: v128, found: v128): v128 {
    const none = f64x2.splat(0.0);
    return v128.or(f64x2.eq(highest, none), f64x2.eq(lowest, none));
  }
}

/** Zero for a window without range. */
export function talibWillr(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  fillNan(out, n, timeperiod - 1);
  if (n < timeperiod) return 0;
  if (slideSpan<Span>(n, high, low, close, timeperiod, out, scratch)) return 0;
  const lowest = scratch;
  slidingMax(n, high, timeperiod, out);
  slidingMin(n, low, timeperiod, lowest);
  const skip = <usize> (timeperiod - 1) << 3;
  return pairs3<Place>(n - timeperiod + 1, out + skip, lowest + skip, close + skip, out + skip);
}
