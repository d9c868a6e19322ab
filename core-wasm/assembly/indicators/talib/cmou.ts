import { at, fillNan, put } from "./shared/ta";

/** Sums of moves over a plain window; a flat window is recognised by counting. */
export function talibCmou(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 2) return 1;
  fillNan(out, n, timeperiod);
  if (n <= timeperiod) return 0;
  let up = 0.0;
  let down = 0.0;
  let flatBars = 0;
  for (let i = 1; i < n; i++) {
    if (i > timeperiod) {
      const first = i - timeperiod;
      const leaving = at(real, first) - at(real, first - 1);
      if (leaving > 0.0) up -= leaving;
      else if (leaving < 0.0) down += leaving;
    }
    const change = at(real, i) - at(real, i - 1);
    if (change > 0.0) up += change;
    else if (change < 0.0) down -= change;
    flatBars = change === 0.0 ? flatBars + 1 : 0;
    if (flatBars >= timeperiod && i > timeperiod) {
      up = 0.0;
      down = 0.0;
    }
    if (i < timeperiod) continue;
    const total = up + down;
    put(out, i, total > 0.0 ? 100.0 * (up - down) / total : 0.0);
  }
  return 0;
}
