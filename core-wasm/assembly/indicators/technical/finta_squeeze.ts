import { windowEwmMean } from "../window/ewm";
import { windowRollingMean } from "../window/rolling_sum";
import { windowRollingStd } from "../window/rolling_var";
import { at, put } from "../window/shared/rows";
import { absoluteRangeAt, columnIn } from "./shared/columns";

const ATR_ROWS: i32 = 10;
const SPAN: i32 = 1;

/**
 * On while the Bollinger bands lie inside the Keltner channel. The bands stand around a plain mean, the
 * channel around an exponential one and always over a range of ten rows.
 */
export function technicalFintaSqzmi(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  period: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (period < 1) return 1;
  const mean = columnIn(scratch, n, 0);
  const deviation = columnIn(scratch, n, 1);
  const middle = columnIn(scratch, n, 2);
  const range = columnIn(scratch, n, 3);
  for (let i = 0; i < n; i++) put(mean, i, absoluteRangeAt(high, low, close, i));
  windowRollingMean(n, mean, ATR_ROWS, 0, range, 0);
  windowRollingMean(n, close, period, 0, mean, 0);
  windowRollingStd(n, close, period, 0, 1, deviation, 0);
  windowEwmMean(n, close, f64(period), SPAN, 0, 1, 0, middle, 0);
  for (let i = 0; i < n; i++) {
    const spread = 2.0 * at(deviation, i);
    const reach = 1.5 * at(range, i);
    const isInside = at(mean, i) - spread > at(middle, i) - reach &&
      at(mean, i) + spread < at(middle, i) + reach;
    store<u8>(out + <usize> i, u8(isInside));
  }
  return 0;
}
