import { rateOfChange, Rates } from "./shared/rate_of_change";

class Share {
  pair(value: v128, before: v128): v128 {
    return Rates.orZero(f64x2.div(f64x2.sub(value, before), before), before);
  }
}

/** Zero where the earlier value is zero. */
export function talibRocp(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  return rateOfChange<Share>(n, real, timeperiod, out);
}
