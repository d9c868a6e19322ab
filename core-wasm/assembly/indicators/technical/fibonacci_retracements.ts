import { windowRollingMax, windowRollingMin } from "../window/rolling_extreme";
import { at, put } from "../window/shared/rows";
import { columnIn } from "./shared/columns";

/** The level that the price has passed in its window's range; the whole frame is no window here. */
export function technicalFibonacciRetracements(
  n: i32,
  close: usize,
  window: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (window < 1) return 1;
  const highest = columnIn(scratch, n, 0);
  const rest = columnIn(scratch, n, 1);
  windowRollingMax(n, close, window, 0, highest, rest);
  windowRollingMin(n, close, window, 0, out, rest);
  for (let i = 0; i < n; i++) {
    const bottom = at(out, i);
    put(out, i, levelOf((at(close, i) - bottom) / (at(highest, i) - bottom)));
  }
  return 0;
}

function levelOf(share: f64): f64 {
  if (share !== share) return NaN;
  if (share >= 1.0) return 1.0;
  if (share >= 0.786) return 0.786;
  if (share >= 0.618) return 0.618;
  if (share >= 0.5) return 0.5;
  if (share >= 0.382) return 0.382;
  return share >= 0.236 ? 0.236 : 0.0;
}
