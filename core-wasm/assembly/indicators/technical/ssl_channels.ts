import { talibEma } from "../talib/ema";
import { windowRollingMean } from "../window/rolling_sum";
import { at, put } from "../window/shared/rows";
import { columnIn, skipping } from "./shared/columns";

/** The lines change places when the close leaves the channel on the other side. */
export function technicalSslChannels(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  length: i32,
  mode: i32,
  sslDown: usize,
  sslUp: usize,
  scratch: usize,
): i32 {
  if (length < 1) return 1;
  const tops = columnIn(scratch, n, 0);
  const bottoms = columnIn(scratch, n, 1);
  const rest = columnIn(scratch, n, 2);
  if (mode === 0) {
    windowRollingMean(n, high, length, 0, tops, rest);
    windowRollingMean(n, low, length, 0, bottoms, rest);
  } else {
    skipping(talibEma, n, high, length, tops, rest);
    skipping(talibEma, n, low, length, bottoms, rest);
  }
  let isBelow = false;
  for (let i = 0; i < n; i++) {
    const top = at(tops, i);
    const bottom = at(bottoms, i);
    const price = at(close, i);
    if (price > top) isBelow = false;
    else if (price < bottom) isBelow = true;
    put(sslDown, i, isBelow ? top : bottom);
    put(sslUp, i, isBelow ? bottom : top);
  }
  return 0;
}
