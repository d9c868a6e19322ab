import { talibBbands } from "../talib/bbands";
import { firstValid } from "../talib/first_valid";
import { talibMom } from "../talib/mom";
import { talibSma } from "../talib/sma";
import { talibTrange } from "../talib/trange";
import { at, put } from "../window/shared/rows";
import { columnIn, skipping } from "./shared/columns";

/** A squeeze is on while the Bollinger bands lie inside the Keltner channel, with plain averages. */
export function technicalPandasTaSqueeze(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  bbLength: i32,
  bbStd: f64,
  kcLength: i32,
  kcScalar: f64,
  momLength: i32,
  momSmooth: i32,
  squeeze: usize,
  on: usize,
  off: usize,
  none: usize,
  scratch: usize,
): i32 {
  if (bbLength < 2) return 1;
  if (kcLength < 1) return 3;
  if (momLength < 1) return 5;
  if (momSmooth < 1) return 6;
  const upper = columnIn(scratch, n, 0);
  const lower = columnIn(scratch, n, 1);
  const middle = columnIn(scratch, n, 2);
  const width = columnIn(scratch, n, 3);
  const rest = columnIn(scratch, n, 4);
  skipping(talibMom, n, close, momLength, middle, rest);
  skipping(talibSma, n, middle, momSmooth, squeeze, rest);
  const begin = firstValid(n, close, close, close, close);
  for (let i = 0; i < begin; i++) {
    put(upper, i, NaN);
    put(lower, i, NaN);
  }
  const at0 = <usize> begin << 3;
  const count = n - begin;
  talibBbands(
    count,
    close + at0,
    bbLength,
    bbStd,
    bbStd,
    0,
    upper + at0,
    middle + at0,
    lower + at0,
    rest,
  );
  const whole = firstValid(n, high, low, close, close);
  for (let i = 0; i < whole; i++) put(middle, i, NaN);
  const at1 = <usize> whole << 3;
  talibTrange(n - whole, high + at1, low + at1, close + at1, middle + at1, rest);
  skipping(talibSma, n, middle, kcLength, width, rest);
  skipping(talibSma, n, close, kcLength, middle, rest);
  for (let i = 0; i < n; i++) {
    const reach = kcScalar * at(width, i);
    const bottom = at(middle, i) - reach;
    const top = at(middle, i) + reach;
    const isOn = at(lower, i) > bottom && at(upper, i) < top;
    const isOff = at(lower, i) < bottom && at(upper, i) > top;
    const row = <usize> i << 3;
    store<i64>(on + row, i64(isOn));
    store<i64>(off + row, i64(isOff));
    store<i64>(none + row, i64(!isOn && !isOff));
  }
  return 0;
}
