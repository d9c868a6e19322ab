import { Lanes } from "../shared/lanes";
import { OneRow, TwoRows } from "./shared/rows";
import { fillNan } from "./shared/ta";

/**
 * A window without true range, recognised by counting, has no movement. What enters the window and what
 * leaves it is computed two rows at a time; the sums then take one row after the other.
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
  let i: usize = 8;
  for (; i <= window && i < end; i += 8) {
    const entering = Bars.range<OneRow>(high, low, close, i);
    range += f64x2.extract_lane(entering, 0);
    flatBars = f64x2.extract_lane(entering, 0) === 0.0 ? flatBars + 1 : 0;
    const up = Bars.up<OneRow>(high, low, i);
    const down = Bars.up<OneRow>(low, high, i);
    moves = f64x2.add(moves, v128.shuffle<f64>(up, down, 0, 2));
  }
  for (; i + 16 <= end; i += 16) {
    const entering = Bars.range<TwoRows>(high, low, close, i);
    const up = Bars.up<TwoRows>(high, low, i);
    const down = Bars.up<TwoRows>(low, high, i);
    const oldest = i - window;
    const leaving = Bars.range<TwoRows>(high, low, close, oldest);
    const oldUp = Bars.up<TwoRows>(high, low, oldest);
    const oldDown = Bars.up<TwoRows>(low, high, oldest);
    range += f64x2.extract_lane(entering, 0);
    moves = f64x2.add(moves, v128.shuffle<f64>(up, down, 0, 2));
    flatBars = f64x2.extract_lane(entering, 0) === 0.0 ? flatBars + 1 : 0;
    if (flatBars >= timeperiod) range = 0.0;
    Lanes.store(plusvi, minusvi, i, share(moves, range));
    range -= f64x2.extract_lane(leaving, 0);
    moves = f64x2.sub(moves, v128.shuffle<f64>(oldUp, oldDown, 0, 2));
    range += f64x2.extract_lane(entering, 1);
    moves = f64x2.add(moves, v128.shuffle<f64>(up, down, 1, 3));
    flatBars = f64x2.extract_lane(entering, 1) === 0.0 ? flatBars + 1 : 0;
    if (flatBars >= timeperiod) range = 0.0;
    Lanes.store(plusvi, minusvi, i + 8, share(moves, range));
    range -= f64x2.extract_lane(leaving, 1);
    moves = f64x2.sub(moves, v128.shuffle<f64>(oldUp, oldDown, 1, 3));
  }
  if (i >= end) return 0;
  const entering = f64x2.extract_lane(Bars.range<OneRow>(high, low, close, i), 0);
  const isFlat = entering === 0.0 && flatBars + 1 >= timeperiod;
  const up = Bars.up<OneRow>(high, low, i);
  const down = Bars.up<OneRow>(low, high, i);
  moves = f64x2.add(moves, v128.shuffle<f64>(up, down, 0, 2));
  Lanes.store(plusvi, minusvi, i, share(moves, isFlat ? 0.0 : range + entering));
  return 0;
}

function share(moves: v128, range: f64): v128 {
  const ranges = f64x2.splat(range);
  return v128.and(f64x2.div(moves, ranges), f64x2.gt(ranges, f64x2.splat(0.0)));
}

class Bars {
  /** True ranges. */
  // @ts-ignore: decorator
  @inline
  static range<Rows>(high: usize, low: usize, close: usize, i: usize): v128 {
    const rows = changetype<Rows>(0);
    const top = rows.load(high + i);
    const bottom = rows.load(low + i);
    const before = rows.load(close + i - 8);
    const up = f64x2.abs(f64x2.sub(top, before));
    const down = f64x2.abs(f64x2.sub(bottom, before));
    return f64x2.pmax(f64x2.pmax(f64x2.sub(top, bottom), up), down);
  }

  /** Distances of one column from the other a row before. */
  // @ts-ignore: decorator
  @inline
  static up<Rows>(to: usize, from: usize, i: usize): v128 {
    const rows = changetype<Rows>(0);
    return f64x2.abs(f64x2.sub(rows.load(to + i), rows.load(from + i - 8)));
  }
}
