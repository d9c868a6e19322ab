import { pairs2 } from "../../column/shared/map";
import { fillNan } from "./ta";

/** `Rate.pair(value, before)` of each row and the one `timeperiod` before; zero where that one is zero. */
export function rateOfChange<Rate>(n: i32, real: usize, timeperiod: i32, out: usize): i32 {
  if (timeperiod < 1) return 1;
  fillNan(out, n, timeperiod);
  if (n <= timeperiod) return 0;
  const skip = <usize> timeperiod << 3;
  return pairs2<Rate>(n - timeperiod, real + skip, real, out + skip);
}

export class Rates {
  /** The rates, or zero where the earlier value is zero. */
  // @ts-ignore: decorator
  @inline
  static orZero(rates: v128, before: v128): v128 {
    return v128.and(rates, f64x2.ne(before, f64x2.splat(0.0)));
  }

  /** From the earlier value to the later one, in percent. */
  // @ts-ignore: decorator
  @inline
  static percent(value: v128, before: v128): v128 {
    const grown = f64x2.sub(f64x2.div(value, before), f64x2.splat(1.0));
    return Rates.orZero(f64x2.mul(grown, f64x2.splat(100.0)), before);
  }
}
