import { averageRange, Percent, talibAtr } from "./atr";

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
  if (timeperiod === 1) return talibAtr(n, high, low, close, timeperiod, out, scratch);
  return averageRange<Percent>(n, high, low, close, timeperiod, out);
}
