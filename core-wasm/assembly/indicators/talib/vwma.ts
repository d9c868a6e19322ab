import { at, fillNan, put } from "./shared/ta";

/** The mean of price times volume over the mean of volume. */
export function talibVwma(
  n: i32,
  real: usize,
  volume: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 1) return 1;
  if (timeperiod === 1) {
    memory.copy(out, real, <usize> n << 3);
    return 0;
  }
  const head = timeperiod - 1;
  fillNan(out, n, head);
  const divisor = f64(timeperiod);
  let turnover = 0.0;
  let traded = 0.0;
  for (let i = 0; i < n; i++) {
    turnover += at(real, i) * at(volume, i);
    traded += at(volume, i);
    if (i < head) continue;
    put(out, i, (turnover / divisor) / (traded / divisor));
    turnover -= at(real, i - head) * at(volume, i - head);
    traded -= at(volume, i - head);
  }
  return 0;
}
