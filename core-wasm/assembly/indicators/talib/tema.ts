import { talibEma } from "./ema";
import { at, fillNan, put } from "./shared/ta";
import { continueTriple, Tema } from "./shared/triple_average";

/** Scratch: two columns, and what the triple average needs. */
export function talibTema(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 1) return 1;
  if (timeperiod === 1) {
    memory.copy(out, real, <usize> n << 3);
    return 0;
  }
  const step = timeperiod - 1;
  const lookback = 3 * step;
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  const rows = lookback + 1;
  const skip = <usize> step << 3;
  const ones = scratch;
  const twos = scratch + (<usize> n << 3);
  talibEma(rows, real, timeperiod, ones, 0);
  talibEma(rows - step, ones + skip, timeperiod, twos + skip, 0);
  talibEma(rows - 2 * step, twos + 2 * skip, timeperiod, out + 2 * skip, 0);
  const first = at(ones, lookback);
  const second = at(twos, lookback);
  const third = at(out, lookback);
  fillNan(out, n, lookback);
  put(out, lookback, third + (3.0 * first - 3.0 * second));
  const factor = 2.0 / f64(timeperiod + 1);
  const state = twos + (<usize> n << 3);
  continueTriple<Tema>(n, real, rows, factor, first, second, third, out, state);
  return 0;
}
