import { rateOfChange, Rates } from "./shared/rate_of_change";

class Ratio {
  pair(value: v128, before: v128): v128 {
    return Rates.orZero(f64x2.div(value, before), before);
  }
}

/** Zero where the earlier value is zero. */
export function talibRocr(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  return rateOfChange<Ratio>(n, real, timeperiod, out);
}
