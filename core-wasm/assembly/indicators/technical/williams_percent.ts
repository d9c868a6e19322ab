import { windowRollingMax, windowRollingMin } from "../window/rolling_extreme";
import { at, put } from "../window/shared/rows";
import { columnIn } from "./shared/columns";

export function technicalWilliamsPercent(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  period: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (period < 1) return 1;
  const highest = columnIn(scratch, n, 0);
  const lowest = columnIn(scratch, n, 1);
  const rest = columnIn(scratch, n, 2);
  windowRollingMax(n, high, period, 0, highest, rest);
  windowRollingMin(n, low, period, 0, lowest, rest);
  for (let i = 0; i < n; i++) {
    const top = at(highest, i);
    put(out, i, (top - at(close, i)) / (top - at(lowest, i)) * -100.0);
  }
  return 0;
}
