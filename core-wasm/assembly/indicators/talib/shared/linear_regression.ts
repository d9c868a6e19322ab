import { Fma } from "../../shared/fma";
import { at, put } from "./ta";

/** What is taken from a window's line. */
export class End {
  // @ts-ignore: decorator
  @inline
  value(slope: f64, sumX: f64, sumY: f64, count: f64): f64 {
    return Fma.bars(slope, count - 1.0, (sumY - slope * sumX) / count);
  }
}
export class Forecast {
  // @ts-ignore: decorator
  @inline
  value(slope: f64, sumX: f64, sumY: f64, count: f64): f64 {
    return Fma.bars(slope, count, (sumY - slope * sumX) / count);
  }
}
export class Slope {
  // @ts-ignore: decorator
  @inline
  value(slope: f64, sumX: f64, sumY: f64, count: f64): f64 {
    return slope;
  }
}
export class Intercept {
  // @ts-ignore: decorator
  @inline
  value(slope: f64, sumX: f64, sumY: f64, count: f64): f64 {
    return (sumY - slope * sumX) / count;
  }
}
/** Rows after which the window's sums are taken afresh, in periods. */
const RESEED_PERIODS = 32;

/** The least squares line through the last `period` rows, from row period - 1 on. */
export function linearRegression<Kind>(n: i32, real: usize, period: i32, out: usize): void {
  const head = period - 1;
  const count = f64(period);
  const sumX = count * f64(head) * 0.5;
  const squaresX = count * f64(head) * f64(2 * period - 1) / 6.0;
  const divisor = sumX * sumX - count * squaresX;
  let sumXY = 0.0;
  let sumY = 0.0;
  let sizes = 0.0;
  for (let i = 0; i < period; i++) {
    const value = at(real, i);
    sumY += value;
    sumXY += f64(head - i) * value;
    sizes += abs<f64>(value);
  }
  let untilReseed = RESEED_PERIODS * period;
  for (let i = head; i < n; i++) {
    if (i > head) {
      const leaving = at(real, i - period);
      const weighted = count * leaving;
      sumXY = sumXY + sumY - weighted;
      sumY = sumY - leaving + at(real, i);
      sizes = sizes - abs<f64>(leaving) + abs<f64>(at(real, i));
      untilReseed--;
      if (untilReseed <= 0 || abs<f64>(weighted) > 100.0 * sizes) {
        untilReseed = RESEED_PERIODS * period;
        sumY = 0.0;
        sumXY = 0.0;
        sizes = 0.0;
        for (let j = 0; j < period; j++) {
          const value = at(real, i - head + j);
          sumY += value;
          sumXY += f64(head - j) * value;
          sizes += abs<f64>(value);
        }
      }
    }
    const slope = (count * sumXY - sumX * sumY) / divisor;
    put(out, i, changetype<Kind>(0).value(slope, sumX, sumY, count));
  }
}
