import { rateOfChange, Rates } from "./shared/rate_of_change";

class Percent {
  pair(value: v128, before: v128): v128 {
    return Rates.percent(value, before);
  }
}

/** Zero where the earlier value is zero. */
export function talibRoc(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  return rateOfChange<Percent>(n, real, timeperiod, out);
}
