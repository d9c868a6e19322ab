import { at, fillNan, put } from "./shared/ta";

export function talibCmo(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 2) return 1;
  fillNan(out, n, timeperiod);
  if (n <= timeperiod) return 0;
  const divisor = f64(timeperiod);
  const kept = f64(timeperiod - 1);
  let gain = 0.0;
  let loss = 0.0;
  for (let i = 1; i < n; i++) {
    const change = at(real, i) - at(real, i - 1);
    if (i > timeperiod) {
      loss *= kept;
      gain *= kept;
    }
    if (change < 0.0) loss -= change;
    else gain += change;
    if (i < timeperiod) continue;
    loss /= divisor;
    gain /= divisor;
    const total = gain + loss;
    put(out, i, total > 0.0 ? 100.0 * ((gain - loss) / total) : 0.0);
  }
  return 0;
}
