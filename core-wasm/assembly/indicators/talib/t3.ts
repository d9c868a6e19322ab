import { fma } from "../shared/fma";
import { Plain } from "./shared/rounding";
import { at, fillNan, put } from "./shared/ta";

export function talibT3(
  n: i32,
  real: usize,
  timeperiod: i32,
  vfactor: f64,
  out: usize,
  scratch: usize,
): i32 {
  return t3By<Plain>(n, real, timeperiod, vfactor, out, scratch);
}

/** Six averages in a row, each seeded with the mean of the first period of the one before. */
export function t3By<Rounding>(
  n: i32,
  real: usize,
  timeperiod: i32,
  vfactor: f64,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 1) return 1;
  if (timeperiod === 1) {
    memory.copy(out, real, <usize> n << 3);
    return 0;
  }
  const step = changetype<Rounding>(0);
  const lookback = 6 * (timeperiod - 1);
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  const k = 2.0 / (f64(timeperiod) + 1.0);
  const kept = 1.0 - k;
  const divisor = f64(timeperiod);
  const square = vfactor * vfactor;
  const c1 = -(square * vfactor);
  const c2 = 3.0 * (square - c1);
  const c3 = -6.0 * square - 3.0 * (vfactor - c1);
  const c4 = fma(3.0, square, fma(3.0, vfactor, 1.0) - c1);
  let total = load<f64>(real);
  for (let i = 1; i < timeperiod; i++) total += at(real, i);
  let e1 = total / divisor;
  let e2 = 0.0;
  let e3 = 0.0;
  let e4 = 0.0;
  let e5 = 0.0;
  let e6 = 0.0;
  total = e1;
  /** How many averages run already; the next one gathers its seed. */
  let running = 1;
  let gathered = 1;
  let i = timeperiod;
  for (; i < n && running < 6; i++) {
    e1 = step.decay(kept, e1, k * at(real, i));
    let last = e1;
    if (running >= 2) last = e2 = step.decay(kept, e2, k * e1);
    if (running >= 3) last = e3 = step.decay(kept, e3, k * e2);
    if (running >= 4) last = e4 = step.decay(kept, e4, k * e3);
    if (running >= 5) last = e5 = step.decay(kept, e5, k * e4);
    total += last;
    gathered++;
    if (gathered < timeperiod) continue;
    total /= divisor;
    running++;
    gathered = 1;
    if (running === 2) e2 = total;
    else if (running === 3) e3 = total;
    else if (running === 4) e4 = total;
    else if (running === 5) e5 = total;
    else e6 = total;
  }
  put(out, i - 1, step.sum(c4, e3, step.sum(c3, e4, step.sum(c1, e6, c2 * e5))));
  for (; i < n; i++) {
    e1 = step.decay(kept, e1, k * at(real, i));
    e2 = step.decay(kept, e2, k * e1);
    e3 = step.decay(kept, e3, k * e2);
    e4 = step.decay(kept, e4, k * e3);
    e5 = step.decay(kept, e5, k * e4);
    e6 = step.decay(kept, e6, k * e5);
    put(out, i, step.sum(c4, e3, step.sum(c3, e4, step.sum(c1, e6, c2 * e5))));
  }
  return 0;
}
