import { pairs2 } from "../column/shared/map";
import { talibAtr } from "./atr";

class Percent {
  pair(ranges: v128, prices: v128): v128 {
    const shares = f64x2.mul(f64x2.div(ranges, prices), f64x2.splat(100.0));
    return v128.and(shares, f64x2.ne(prices, f64x2.splat(0.0)));
  }
}

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
  if (n <= timeperiod) return 0;
  const from = <usize> timeperiod << 3;
  return pairs2<Percent>(n - timeperiod, out + from, close + from, out + from);
}
