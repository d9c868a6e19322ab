import { Lanes } from "../shared/lanes";
import { fillNan } from "./shared/ta";
import { TrueRange } from "./shared/true_range";

/**
 * A window without true range, recognised by counting, has no movement. The bar that enters the window
 * and the one that leaves it lie in the lanes of one vector.
 */
export function talibVortex(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  timeperiod: i32,
  plusvi: usize,
  minusvi: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 1) return 1;
  fillNan(plusvi, n, timeperiod);
  fillNan(minusvi, n, timeperiod);
  const window = <usize> (timeperiod - 1) << 3;
  const end = <usize> n << 3;
  let range = 0.0;
  let moves = f64x2.splat(0.0);
  let flatBars = 0;
  for (let i: usize = 8; i < end; i += 8) {
    const back = i > window ? window : 0;
    const ranges = TrueRange.both(high, high - back, low, low - back, close, close - back, i);
    const highs = Lanes.load(high, high - back, i);
    const lows = Lanes.load(low, low - back, i);
    const ups = f64x2.abs(f64x2.sub(highs, Lanes.load(low, low - back, i - 8)));
    const downs = f64x2.abs(f64x2.sub(lows, Lanes.load(high, high - back, i - 8)));
    const entering = f64x2.extract_lane(ranges, 0);
    range += entering;
    moves = f64x2.add(moves, v128.shuffle<f64>(ups, downs, 0, 2));
    flatBars = entering === 0.0 ? flatBars + 1 : 0;
    if (back === 0 && i <= window) continue;
    if (flatBars >= timeperiod) range = 0.0;
    const whole = f64x2.splat(range);
    const isMoving = f64x2.gt(whole, f64x2.splat(0.0));
    Lanes.store(plusvi, minusvi, i, v128.and(f64x2.div(moves, whole), isMoving));
    range -= f64x2.extract_lane(ranges, 1);
    moves = f64x2.sub(moves, v128.shuffle<f64>(ups, downs, 1, 3));
  }
  return 0;
}
