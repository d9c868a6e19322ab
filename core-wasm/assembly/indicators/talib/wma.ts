import { at, fillNan, put } from "./shared/ta";

/** Bars after which both running sums are taken afresh, in periods. */
const RESEED_PERIODS = 8;

/** Two running sums: the plain one and the one weighted by age, which falls by the plain one a bar. */
export function talibWma(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 1) return 1;
  if (timeperiod === 1) {
    memory.copy(out, real, <usize> n << 3);
    return 0;
  }
  const head = timeperiod - 1;
  fillNan(out, n, head);
  if (n <= head) return 0;
  const weight = f64(timeperiod);
  const divider = weight * f64(timeperiod + 1) / 2.0;
  let plain = 0.0;
  let weighted = 0.0;
  for (let i = 0; i < head; i++) {
    plain += at(real, i);
    weighted += at(real, i) * f64(i + 1);
  }
  let untilReseed = RESEED_PERIODS * timeperiod;
  let leaving = 0.0;
  for (let i = head; i < n; i++) {
    const value = at(real, i);
    plain += value;
    plain -= leaving;
    weighted += value * weight;
    untilReseed--;
    if (untilReseed <= 0) {
      untilReseed = RESEED_PERIODS * timeperiod;
      plain = 0.0;
      weighted = 0.0;
      for (let j = 0; j <= head; j++) {
        const each = at(real, i - head + j);
        plain += each;
        weighted += each * f64(j + 1);
      }
    }
    leaving = at(real, i - head);
    put(out, i, weighted / divider);
    weighted -= plain;
  }
  return 0;
}
