import { talibAtr } from "./atr";
import { at, put } from "./shared/ta";

/** The average true range in percent of the close; a period of 1 is the bare range. */
export function talibNatr(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  const status = talibAtr(n, high, low, close, timeperiod, out, scratch);
  if (status !== 0 || timeperiod === 1) return status;
  for (let i = timeperiod; i < n; i++) {
    const price = at(close, i);
    put(out, i, price !== 0.0 ? at(out, i) / price * 100.0 : 0.0);
  }
  return 0;
}
