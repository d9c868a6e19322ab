import { Fma, fma } from "../shared/fma";
import { at, fillNan, put } from "./shared/ta";

/** Six averages in a row, each seeded with the mean of the first period of the one before. */
export function talibT3(
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
  const lookback = 6 * (timeperiod - 1);
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  const k = 2.0 / (f64(timeperiod) + 1.0);
  const kept = 1.0 - k;
  const lost = 1.0 - kept;
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
    e1 = Fma.decay(kept, lost, e1, k * at(real, i));
    let last = e1;
    if (running >= 2) last = e2 = Fma.decay(kept, lost, e2, k * e1);
    if (running >= 3) last = e3 = Fma.decay(kept, lost, e3, k * e2);
    if (running >= 4) last = e4 = Fma.decay(kept, lost, e4, k * e3);
    if (running >= 5) last = e5 = Fma.decay(kept, lost, e5, k * e4);
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
  put(out, i - 1, Fma.free(c4, e3, Fma.free(c3, e4, Fma.free(c1, e6, c2 * e5))));
  for (; i < n; i++) {
    e1 = Fma.decay(kept, lost, e1, k * at(real, i));
    e2 = Fma.decay(kept, lost, e2, k * e1);
    e3 = Fma.decay(kept, lost, e3, k * e2);
    e4 = Fma.decay(kept, lost, e4, k * e3);
    e5 = Fma.decay(kept, lost, e5, k * e4);
    e6 = Fma.decay(kept, lost, e6, k * e5);
    put(out, i, Fma.free(c4, e3, Fma.free(c3, e4, Fma.free(c1, e6, c2 * e5))));
  }
  return 0;
}
