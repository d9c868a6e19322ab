import { talibAtr } from "../talib/atr";
import { firstValid } from "../talib/first_valid";
import { at, put } from "../window/shared/rows";
import { columnIn, earlier } from "./shared/columns";
import { spreadBands } from "./shared/trailing_bands";

/** The first row's trend is 0; without bands, in the warm-up, the direction stays up. */
export function technicalPandasTaSupertrend(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  length: i32,
  multiplier: f64,
  trend: usize,
  direction: usize,
  long: usize,
  short: usize,
  scratch: usize,
): i32 {
  if (length < 1) return 1;
  const upper = columnIn(scratch, n, 0);
  const lower = columnIn(scratch, n, 1);
  const begin = firstValid(n, high, low, close, close);
  for (let i = 0; i < begin; i++) put(lower, i, NaN);
  const offset = <usize> begin << 3;
  talibAtr(n - begin, high + offset, low + offset, close + offset, length, lower + offset, 0);
  for (let i = 0; i < n; i++) put(upper, i, 0.5 * (at(high, i) + at(low, i)));
  spreadBands(n, upper, lower, multiplier);
  let isUp = true;
  for (let i = 0; i < n; i++) {
    const top = earlier(upper, i - 1);
    const bottom = earlier(lower, i - 1);
    if (at(close, i) > top) isUp = true;
    else if (at(close, i) < bottom) isUp = false;
    else if (isUp && at(lower, i) < bottom) put(lower, i, bottom);
    else if (!isUp && at(upper, i) > top) put(upper, i, top);
    const line = at(isUp ? lower : upper, i);
    put(trend, i, i === 0 ? 0.0 : line);
    store<i64>(direction + (<usize> i << 3), isUp ? 1 : -1);
    put(long, i, isUp && i > 0 ? line : NaN);
    put(short, i, isUp ? NaN : line);
  }
  return 0;
}
