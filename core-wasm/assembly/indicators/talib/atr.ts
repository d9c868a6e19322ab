import { Fma } from "../shared/fma";
import { at, fillNan, put, trueRange } from "./shared/ta";

export function talibAtr(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 1) return 1;
  fillNan(out, n, timeperiod);
  if (n <= timeperiod) return 0;
  let total = 0.0;
  for (let i = 1; i <= timeperiod; i++) {
    total += trueRange(at(high, i), at(low, i), at(close, i - 1));
  }
  put(out, timeperiod, total / f64(timeperiod));
  continueAtr(n, high, low, close, timeperiod, timeperiod + 1, out);
  return 0;
}

/** Rows from `from` on, where the row before has its average. */
export function continueAtr(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  timeperiod: i32,
  from: i32,
  out: usize,
): void {
  const kept = f64(timeperiod - 1) / f64(timeperiod);
  const share = 1.0 - kept;
  let average = at(out, from - 1);
  for (let i: usize = <usize> from << 3, end = <usize> n << 3; i < end; i += 8) {
    const range = trueRange(
      load<f64>(high + i),
      load<f64>(low + i),
      load<f64>(close + i - 8),
    );
    average = Fma.decay(kept, share, average, share * range);
    store<f64>(out + i, average);
  }
}
