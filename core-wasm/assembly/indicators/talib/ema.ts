import { Fma } from "../shared/fma";
import { at, fillNan, put } from "./shared/ta";

export function talibEma(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 1) return 1;
  return emaWith(n, real, timeperiod, 2.0 / f64(timeperiod + 1), out);
}

/** Rows from `from` on, where the row before has its average. */
export function continueEma(n: i32, real: usize, from: i32, factor: f64, out: usize): void {
  stepFrom<CalmStep>(n, real, from, factor, out);
}

/** The same for a series whose moves are large beside its level, as of differences. */
export function emaOfMoves(n: i32, real: usize, timeperiod: i32, out: usize): i32 {
  return averageBy<WildStep>(n, real, timeperiod, 2.0 / f64(timeperiod + 1), out);
}

export function emaWith(n: i32, real: usize, timeperiod: i32, factor: f64, out: usize): i32 {
  return averageBy<CalmStep>(n, real, timeperiod, factor, out);
}

class CalmStep {
  next(distance: f64, factor: f64, average: f64): f64 {
    return Fma.small(distance, factor, average);
  }
}
class WildStep {
  next(distance: f64, factor: f64, average: f64): f64 {
    return Fma.free(distance, factor, average);
  }
}

/** Seeded with the mean of the first period; a period of 1 copies. */
function averageBy<Step>(n: i32, real: usize, timeperiod: i32, factor: f64, out: usize): i32 {
  if (timeperiod === 1) {
    memory.copy(out, real, <usize> n << 3);
    return 0;
  }
  const lookback = timeperiod - 1;
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  put(out, lookback, meanOfFirst(real, timeperiod));
  stepFrom<Step>(n, real, timeperiod, factor, out);
  return 0;
}

function stepFrom<Step>(n: i32, real: usize, from: i32, factor: f64, out: usize): void {
  let average = at(out, from - 1);
  for (let i: usize = <usize> from << 3, end = <usize> n << 3; i < end; i += 8) {
    average = changetype<Step>(0).next(load<f64>(real + i) - average, factor, average);
    store<f64>(out + i, average);
  }
}

export function meanOfFirst(real: usize, count: i32): f64 {
  let total = 0.0;
  for (let i = 0; i < count; i++) total += at(real, i);
  return total / f64(count);
}
