import { Moves } from "./shared/moves";
import { at, fillNan, put } from "./shared/ta";

/** Sums of moves over a plain window; a flat window is recognised by counting. */
export function talibCmou(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 2) return 1;
  fillNan(out, n, timeperiod);
  if (n <= timeperiod) return 0;
  let sums = f64x2.splat(0.0);
  let flatBars = 0;
  for (let i = 1; i < n; i++) {
    if (i > timeperiod) {
      sums = f64x2.sub(sums, Moves.positive(Moves.at(real, i - timeperiod)));
    }
    sums = f64x2.add(sums, Moves.positive(Moves.at(real, i)));
    flatBars = at(real, i) - at(real, i - 1) === 0.0 ? flatBars + 1 : 0;
    if (flatBars >= timeperiod && i > timeperiod) sums = f64x2.splat(0.0);
    if (i < timeperiod) continue;
    const up = f64x2.extract_lane(sums, 0);
    const down = f64x2.extract_lane(sums, 1);
    const total = up + down;
    put(out, i, total > 0.0 ? 100.0 * (up - down) / total : 0.0);
  }
  return 0;
}
