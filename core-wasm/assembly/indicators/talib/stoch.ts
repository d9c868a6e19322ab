import { movingAverage, movingAverageLookback } from "./shared/moving_average";
import { rawStochastic } from "./shared/stochastic";
import { fillNan } from "./shared/ta";

export function talibStoch(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  fastkPeriod: i32,
  slowkPeriod: i32,
  slowkMatype: i32,
  slowdPeriod: i32,
  slowdMatype: i32,
  slowk: usize,
  slowd: usize,
  scratch: usize,
): i32 {
  if (fastkPeriod < 1) return 1;
  if (slowkPeriod < 1) return 2;
  if (slowdPeriod < 1) return 4;
  const head = fastkPeriod - 1;
  const middle = head + movingAverageLookback(slowkPeriod, slowkMatype);
  const lookback = middle + movingAverageLookback(slowdPeriod, slowdMatype);
  fillNan(slowk, n, lookback);
  fillNan(slowd, n, lookback);
  if (n <= lookback) return 0;
  const raw = slowd;
  rawStochastic(n, high, low, close, fastkPeriod, raw, scratch);
  const skipRaw = <usize> head << 3;
  const skipSlow = <usize> middle << 3;
  if (
    movingAverage(n - head, raw + skipRaw, slowkPeriod, slowkMatype, slowk + skipRaw, scratch) !== 0
  ) return 3;
  if (
    movingAverage(
      n - middle,
      slowk + skipSlow,
      slowdPeriod,
      slowdMatype,
      slowd + skipSlow,
      scratch,
    ) !== 0
  ) return 5;
  fillNan(slowk, n, lookback);
  fillNan(slowd, n, lookback);
  return 0;
}
