import { at, fillNan, put, trueRange } from "./shared/ta";

/** A window without true range, recognised by counting, has no movement. */
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
  let range = 0.0;
  let plus = 0.0;
  let minus = 0.0;
  let flatBars = 0;
  for (let i = 1; i < n; i++) {
    const newRange = trueRange(at(high, i), at(low, i), at(close, i - 1));
    range += newRange;
    plus += abs<f64>(at(high, i) - at(low, i - 1));
    minus += abs<f64>(at(low, i) - at(high, i - 1));
    flatBars = newRange === 0.0 ? flatBars + 1 : 0;
    if (i < timeperiod) continue;
    if (flatBars >= timeperiod) range = 0.0;
    put(plusvi, i, range > 0.0 ? plus / range : 0.0);
    put(minusvi, i, range > 0.0 ? minus / range : 0.0);
    const first = i - timeperiod + 1;
    range -= trueRange(at(high, first), at(low, first), at(close, first - 1));
    plus -= abs<f64>(at(high, first) - at(low, first - 1));
    minus -= abs<f64>(at(low, first) - at(high, first - 1));
  }
  return 0;
}
