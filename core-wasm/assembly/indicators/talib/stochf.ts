import { movingAverage, movingAverageLookback } from "./shared/moving_average";
import { rawStochastic } from "./shared/stochastic";
import { fillNan } from "./shared/ta";

export function talibStochf(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  fastkPeriod: i32,
  fastdPeriod: i32,
  fastdMatype: i32,
  fastk: usize,
  fastd: usize,
  scratch: usize,
): i32 {
  if (fastkPeriod < 1) return 1;
  if (fastdPeriod < 1) return 2;
  const head = fastkPeriod - 1;
  const lookback = head + movingAverageLookback(fastdPeriod, fastdMatype);
  fillNan(fastk, n, lookback);
  fillNan(fastd, n, lookback);
  if (n <= lookback) return 0;
  rawStochastic(n, high, low, close, fastkPeriod, fastk, scratch);
  const skip = <usize> head << 3;
  const status = movingAverage(
    n - head,
    fastk + skip,
    fastdPeriod,
    fastdMatype,
    fastd + skip,
    scratch,
  );
  fillNan(fastk, n, lookback);
  return status === 0 ? 0 : 3;
}
