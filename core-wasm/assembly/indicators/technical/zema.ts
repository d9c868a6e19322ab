import { talibDema } from "../talib/dema";
import { skipping } from "./shared/columns";

/** The library's name for TA-Lib's double exponential average. */
export function technicalZema(
  n: i32,
  close: usize,
  period: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (period < 1) return 1;
  return skipping(talibDema, n, close, period, out, scratch);
}
