import { talibRsi } from "./rsi";
import { talibStochf } from "./stochf";
import { fillNan } from "./shared/ta";

export function talibStochrsi(
  n: i32,
  real: usize,
  timeperiod: i32,
  fastkPeriod: i32,
  fastdPeriod: i32,
  fastdMatype: i32,
  fastk: usize,
  fastd: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  if (fastkPeriod < 1) return 2;
  if (fastdPeriod < 1) return 3;
  fillNan(fastk, n, timeperiod);
  fillNan(fastd, n, timeperiod);
  if (n <= timeperiod) return 0;
  const strength = scratch;
  talibRsi(n, real, timeperiod, strength, 0);
  const skip = <usize> timeperiod << 3;
  const from = strength + skip;
  const status = talibStochf(
    n - timeperiod,
    from,
    from,
    from,
    fastkPeriod,
    fastdPeriod,
    fastdMatype,
    fastk + skip,
    fastd + skip,
    scratch + (<usize> n << 3),
  );
  return status === 0 ? 0 : status + 1;
}
