import { resolveType, RMA } from "./shared/moving_average";
import { talibStoch } from "./stoch";
import { at, put } from "./shared/ta";

export function talibKdj(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  fastkPeriod: i32,
  slowkPeriod: i32,
  slowkMatype: i32,
  slowdPeriod: i32,
  slowdMatype: i32,
  k: usize,
  d: usize,
  j: usize,
  scratch: usize,
): i32 {
  const status = talibStoch(
    n,
    high,
    low,
    close,
    fastkPeriod,
    slowkPeriod,
    resolveType(slowkMatype, RMA),
    slowdPeriod,
    resolveType(slowdMatype, RMA),
    k,
    d,
    scratch,
  );
  if (status !== 0) return status;
  for (let i = 0; i < n; i++) put(j, i, 3.0 * at(k, i) - 2.0 * at(d, i));
  return 0;
}
