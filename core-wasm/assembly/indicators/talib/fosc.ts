import { Forecast, linearRegression } from "./shared/linear_regression";
import { at, fillNan, put } from "./shared/ta";

/** How far the close lies from what the bars before it forecast, in percent. */
export function talibFosc(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 2) return 1;
  fillNan(out, n, timeperiod);
  if (n <= timeperiod) return 0;
  linearRegression<Forecast>(n - 1, real, timeperiod, out + 8);
  for (let i = n - 1; i >= timeperiod; i--) {
    const value = at(real, i);
    put(out, i, value !== 0.0 ? 100.0 * (value - at(out, i)) / value : 0.0);
  }
  fillNan(out, n, timeperiod);
  return 0;
}
