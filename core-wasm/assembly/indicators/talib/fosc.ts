import { pairs2 } from "../column/shared/map";
import { Forecast, linearRegression } from "./shared/linear_regression";
import { fillNan } from "./shared/ta";

class Miss {
  pair(prices: v128, forecasts: v128): v128 {
    const missed = f64x2.mul(f64x2.splat(100.0), f64x2.sub(prices, forecasts));
    return v128.and(f64x2.div(missed, prices), f64x2.ne(prices, f64x2.splat(0.0)));
  }
}

/** How far the close lies from what the bars before it forecast, in percent. */
export function talibFosc(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 2) return 1;
  fillNan(out, n, timeperiod);
  if (n <= timeperiod) return 0;
  linearRegression<Forecast>(n - 1, real, timeperiod, out + 8);
  fillNan(out, n, timeperiod);
  const from = <usize> timeperiod << 3;
  return pairs2<Miss>(n - timeperiod, real + from, out + from, out + from);
}
