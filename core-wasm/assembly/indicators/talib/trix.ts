import { steppedEma } from "./ema";
import { at, fillNan } from "./shared/ta";
import { continueTriple, Trix } from "./shared/triple_average";

/**
 * The change of a triple average from one bar to the next, in percent. Scratch: two columns, and what the
 * triple average needs.
 */
export function talibTrix(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 1) return 1;
  const step = timeperiod - 1;
  const head = 3 * step;
  fillNan(out, n, head + 1);
  if (n <= head + 1) return 0;
  const rows = head + 1;
  const skip = <usize> step << 3;
  const ones = scratch;
  const twos = scratch + (<usize> n << 3);
  steppedEma(rows, real, timeperiod, ones);
  steppedEma(rows - step, ones + skip, timeperiod, twos + skip);
  const first = at(ones, head);
  const second = at(twos, head);
  steppedEma(rows - 2 * step, twos + 2 * skip, timeperiod, ones + 2 * skip);
  const third = at(ones, head);
  const factor = 2.0 / f64(timeperiod + 1);
  const state = twos + (<usize> n << 3);
  continueTriple<Trix>(n, real, rows, factor, first, second, third, out, state);
  return 0;
}
