import { Lanes } from "../shared/lanes";
import { fillNan } from "./shared/ta";

/**
 * Buying pressure over three windows, weighted 4, 2, 1 from the shortest. A window of flat bars only,
 * recognised by counting, has no sums. Scratch: two columns, which hold each bar's pressure and range.
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
  pressBars(n, high, low, close, scratch);
  let bar = scratch + 16;
  const full = scratch + (<usize> longest << 4);
  const end = scratch + (<usize> n << 4);
  const shortBytes = <usize> (shortest - 1) << 4;
  const middleBytes = <usize> (middle - 1) << 4;
  const longBytes = <usize> (longest - 1) << 4;
  const none = f64x2.splat(0.0);
  let short = none;
  let medium = none;
  let long = none;
  let flatBars = 0;
  let to = out + (<usize> longest << 3);
  for (; bar < full; bar += 16) {
    const both = v128.load(bar);
    if (bar + shortBytes >= full) short = f64x2.add(short, both);
    if (bar + middleBytes >= full) medium = f64x2.add(medium, both);
    long = f64x2.add(long, both);
    flatBars = v128.any_true(f64x2.ne(both, none)) ? 0 : flatBars + 1;
  }
  for (; bar < end; bar += 16) {
    const both = v128.load(bar);
    short = f64x2.add(short, both);
    medium = f64x2.add(medium, both);
    long = f64x2.add(long, both);
    flatBars = v128.any_true(f64x2.ne(both, none)) ? 0 : flatBars + 1;
    if (flatBars >= shortest) short = none;
    if (flatBars >= middle) medium = none;
    if (flatBars >= longest) long = none;
    store<f64>(to, weigh(short, medium, long));
    to += 8;
    short = f64x2.sub(short, v128.load(bar - shortBytes));
    medium = f64x2.sub(medium, v128.load(bar - middleBytes));
    long = f64x2.sub(long, v128.load(bar - longBytes));
  }
  return 0;
}

/** Pressure and true range of each bar from the second on, side by side. */
function pressBars(n: i32, high: usize, low: usize, close: usize, to: usize): void {
  const end = <usize> n << 3;
  let i: usize = 8;
  for (; i + 16 <= end; i += 16) {
    const top = v128.load(high + i);
    const bottom = v128.load(low + i);
    const before = v128.load(close + i - 8);
    const pressure = f64x2.sub(v128.load(close + i), f64x2.pmin(before, bottom));
    const range = rangeOf(top, bottom, before);
    v128.store(to + (i << 1), v128.shuffle<f64>(pressure, range, 0, 2));
    v128.store(to + (i << 1), v128.shuffle<f64>(pressure, range, 1, 3), 16);
  }
  if (i >= end) return;
  const top = v128.load64_zero(high + i);
  const bottom = v128.load64_zero(low + i);
  const before = v128.load64_zero(close + i - 8);
  const pressure = f64x2.sub(v128.load64_zero(close + i), f64x2.pmin(before, bottom));
  v128.store(to + (i << 1), v128.shuffle<f64>(pressure, rangeOf(top, bottom, before), 0, 2));
}

function rangeOf(top: v128, bottom: v128, before: v128): v128 {
  const up = f64x2.abs(f64x2.sub(top, before));
  const down = f64x2.abs(f64x2.sub(bottom, before));
  return f64x2.pmax(f64x2.pmax(f64x2.sub(top, bottom), up), down);
}

/** A window without range adds nothing. */
function weigh(short: v128, medium: v128, long: v128): f64 {
  const pressures = v128.shuffle<f64>(short, medium, 0, 2);
  const ranges = v128.shuffle<f64>(short, medium, 1, 3);
  const some = f64x2.gt(ranges, f64x2.splat(0.0));
  const shares = f64x2.mul(Lanes.both(4.0, 2.0), f64x2.div(pressures, ranges));
  const kept = v128.and(shares, some);
  let sum = 0.0 + f64x2.extract_lane(kept, 0);
  sum += f64x2.extract_lane(kept, 1);
  const range = f64x2.extract_lane(long, 1);
  if (range > 0.0) sum += f64x2.extract_lane(long, 0) / range;
  return 100.0 * (sum / 7.0);
}
