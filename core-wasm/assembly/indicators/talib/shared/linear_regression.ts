import { Constant } from "../../shared/constant";
import { fmaPair } from "../../shared/fma";
import { Lanes } from "../../shared/lanes";

/** What is taken from two windows' lines. */
export class End {
  pair(slope: v128, sumX: v128, sumY: v128, count: v128): v128 {
    const steps = f64x2.sub(count, f64x2.splat(1.0));
    return fmaPair(slope, steps, intercept(slope, sumX, sumY, count));
  }
}
export class Forecast {
  pair(slope: v128, sumX: v128, sumY: v128, count: v128): v128 {
    return fmaPair(slope, count, intercept(slope, sumX, sumY, count));
  }
}
export class Slope {
  pair(slope: v128, sumX: v128, sumY: v128, count: v128): v128 {
    return slope;
  }
}
export class Intercept {
  pair(slope: v128, sumX: v128, sumY: v128, count: v128): v128 {
    return intercept(slope, sumX, sumY, count);
  }
}

/** Rows after which the window's sums are taken afresh, in periods. */
const RESEED_PERIODS = 32;
/** A leaving row this much larger than all others does so too. */
const DOMINANT: usize = memory.data<f64>([100.0]);

/**
 * The least squares line through the last `period` rows, from row period - 1 on. Two rows go together,
 * unless one of them has its sums taken afresh. `sums` are those of the values and of their sizes.
 */
export function linearRegression<Kind>(n: i32, real: usize, period: i32, out: usize): void {
  const width = <usize> period << 3;
  const end = <usize> n << 3;
  const head = f64(period - 1);
  const scalarX = f64(period) * head * 0.5;
  const squares = f64(period) * head * f64(2 * period - 1) / 6.0;
  const count = f64x2.splat(f64(period));
  const sumX = f64x2.splat(scalarX);
  const divisor = f64x2.splat(scalarX * scalarX - f64(period) * squares);
  let sumXY = sumByAge(real, width);
  let sums = sumsOf(real, width);
  v128.store64_lane(out + width - 8, line<Kind>(f64x2.splat(sumXY), sums, sumX, count, divisor), 0);
  let untilReseed = RESEED_PERIODS * period;
  for (let i = width; i < end; i += 8) {
    for (; i + 16 <= end && untilReseed > 2; i += 16) {
      const weighted = f64x2.mul(count, v128.load(real + i - width));
      const first = moved(sums, real + i, width);
      const second = moved(first, real + i + 8, width);
      const sizes = v128.shuffle<f64>(first, second, 1, 3);
      const limits = f64x2.mul(Constant.at(DOMINANT, 0), sizes);
      if (v128.any_true(f64x2.gt(f64x2.abs(weighted), limits))) break;
      const earlier = sumXY + f64x2.extract_lane(sums, 0) - f64x2.extract_lane(weighted, 0);
      sumXY = earlier + f64x2.extract_lane(first, 0) - f64x2.extract_lane(weighted, 1);
      sums = second;
      untilReseed -= 2;
      const sumY = v128.shuffle<f64>(first, second, 0, 2);
      v128.store(out + i, line<Kind>(Lanes.both(earlier, sumXY), sumY, sumX, count, divisor));
    }
    if (i >= end) return;
    const weighted = f64(period) * load<f64>(real + i - width);
    sumXY = sumXY + f64x2.extract_lane(sums, 0) - weighted;
    sums = moved(sums, real + i, width);
    untilReseed--;
    if (untilReseed <= 0 || abs<f64>(weighted) > 100.0 * f64x2.extract_lane(sums, 1)) {
      untilReseed = RESEED_PERIODS * period;
      sumXY = sumByAge(real + i - width + 8, width);
      sums = sumsOf(real + i - width + 8, width);
    }
    v128.store64_lane(out + i, line<Kind>(f64x2.splat(sumXY), sums, sumX, count, divisor), 0);
  }
}

function line<Kind>(sumXY: v128, sumY: v128, sumX: v128, count: v128, divisor: v128): v128 {
  const rise = f64x2.sub(f64x2.mul(count, sumXY), f64x2.mul(sumX, sumY));
  return changetype<Kind>(0).pair(f64x2.div(rise, divisor), sumX, sumY, count);
}

function intercept(slope: v128, sumX: v128, sumY: v128, count: v128): v128 {
  return f64x2.div(f64x2.sub(sumY, f64x2.mul(slope, sumX)), count);
}

/** Both sums one row on. */
function moved(sums: v128, entering: usize, width: usize): v128 {
  return f64x2.add(f64x2.sub(sums, valueAndSize(entering - width)), valueAndSize(entering));
}

/** The second lane loses its sign. */
function valueAndSize(place: usize): v128 {
  return v128.and(v128.load64_splat(place), v128.load(SECOND_SIZE));
}
const SECOND_SIZE: usize = memory.data<i64>([-1, 0x7fffffffffffffff]);

function sumsOf(first: usize, width: usize): v128 {
  let sums = f64x2.splat(0.0);
  for (let i: usize = 0; i < width; i += 8) sums = f64x2.add(sums, valueAndSize(first + i));
  return sums;
}

/** Each row times the rows behind it. */
function sumByAge(first: usize, width: usize): f64 {
  let total = 0.0;
  let age = f64((width >> 3) - 1);
  for (let i: usize = 0; i < width; i += 8) {
    total += age * load<f64>(first + i);
    age -= 1.0;
  }
  return total;
}
