import { at, fillNan, put, trueRange } from "./shared/ta";

/**
 * Buying pressure over three windows, weighted 4, 2, 1 from the shortest. A window of flat bars only,
 * recognised by counting, has no sums. Scratch: two columns.
 */
export function talibUltosc(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  timeperiod1: i32,
  timeperiod2: i32,
  timeperiod3: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod1 < 1) return 1;
  if (timeperiod2 < 1) return 2;
  if (timeperiod3 < 1) return 3;
  const longest = max<i32>(timeperiod1, max<i32>(timeperiod2, timeperiod3));
  const shortest = min<i32>(timeperiod1, min<i32>(timeperiod2, timeperiod3));
  const middle = timeperiod1 + timeperiod2 + timeperiod3 - longest - shortest;
  fillNan(out, n, longest);
  if (n <= longest) return 0;
  const pressures = scratch;
  const ranges = scratch + (<usize> n << 3);
  let pressure1 = 0.0;
  let pressure2 = 0.0;
  let pressure3 = 0.0;
  let range1 = 0.0;
  let range2 = 0.0;
  let range3 = 0.0;
  let flatBars = 0;
  for (let i = 1; i < n; i++) {
    const before = at(close, i - 1);
    const bottom = at(low, i);
    const pressure = at(close, i) - (bottom < before ? bottom : before);
    const range = trueRange(at(high, i), bottom, before);
    put(pressures, i, pressure);
    put(ranges, i, range);
    if (i > longest - shortest) {
      pressure1 += pressure;
      range1 += range;
    }
    if (i > longest - middle) {
      pressure2 += pressure;
      range2 += range;
    }
    pressure3 += pressure;
    range3 += range;
    flatBars = pressure === 0.0 && range === 0.0 ? flatBars + 1 : 0;
    if (i < longest) continue;
    if (flatBars >= shortest) pressure1 = range1 = 0.0;
    if (flatBars >= middle) pressure2 = range2 = 0.0;
    if (flatBars >= longest) pressure3 = range3 = 0.0;
    let sum = 0.0;
    if (range1 > 0.0) sum += 4.0 * (pressure1 / range1);
    if (range2 > 0.0) sum += 2.0 * (pressure2 / range2);
    if (range3 > 0.0) sum += pressure3 / range3;
    put(out, i, 100.0 * (sum / 7.0));
    pressure1 -= at(pressures, i - shortest + 1);
    range1 -= at(ranges, i - shortest + 1);
    pressure2 -= at(pressures, i - middle + 1);
    range2 -= at(ranges, i - middle + 1);
    pressure3 -= at(pressures, i - longest + 1);
    range3 -= at(ranges, i - longest + 1);
  }
  return 0;
}
