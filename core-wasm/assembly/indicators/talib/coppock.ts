import { pairs3 } from "../column/shared/map";
import { Rates } from "./shared/rate_of_change";
import { fillNan } from "./shared/ta";
import { talibWma } from "./wma";

class Rise {
  pair(value: v128, before1: v128, before2: v128): v128 {
    return f64x2.add(Rates.percent(value, before1), Rates.percent(value, before2));
  }
}

export function talibCoppock(
  n: i32,
  real: usize,
  wmaperiod: i32,
  roc1period: i32,
  roc2period: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (wmaperiod < 1) return 1;
  if (roc1period < 1) return 2;
  if (roc2period < 1) return 3;
  const head = max<i32>(roc1period, roc2period);
  fillNan(out, n, head);
  if (n <= head) return 0;
  const skip = <usize> head << 3;
  const before1 = real + skip - (<usize> roc1period << 3);
  const before2 = real + skip - (<usize> roc2period << 3);
  pairs3<Rise>(n - head, real + skip, before1, before2, scratch + skip);
  return talibWma(n - head, scratch + skip, wmaperiod, out + skip, 0);
}
