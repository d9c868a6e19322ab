import { windowEwmMean } from "../window/ewm";
import { windowRollingMean } from "../window/rolling_sum";
import { at, put } from "../window/shared/rows";
import { absoluteRangeAt, columnIn, earlier } from "./shared/columns";

const ALPHA: i32 = 3;

/** Wilder's directional indicators with pandas' exponential mean; the true range has a plain mean. */
export function technicalFintaDmi(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  period: i32,
  adjust: i32,
  plus: usize,
  minus: usize,
  scratch: usize,
): i32 {
  if (period < 1) return 1;
  const moves = columnIn(scratch, n, 0);
  const range = columnIn(scratch, n, 1);
  for (let i = 0; i < n; i++) put(moves, i, absoluteRangeAt(high, low, close, i));
  windowRollingMean(n, moves, period, 0, range, 0);
  for (let i = 0; i < n; i++) {
    const up = at(high, i) - earlier(high, i - 1);
    const down = -(at(low, i) - earlier(low, i - 1));
    put(moves, i, (up > down && up > 0.0 ? up : 0.0) / at(range, i));
  }
  windowEwmMean(n, moves, 1.0 / f64(period), ALPHA, 0, adjust, 0, plus, 0);
  for (let i = 0; i < n; i++) {
    const up = at(high, i) - earlier(high, i - 1);
    const down = -(at(low, i) - earlier(low, i - 1));
    put(moves, i, (down > up && down > 0.0 ? down : 0.0) / at(range, i));
  }
  windowEwmMean(n, moves, 1.0 / f64(period), ALPHA, 0, adjust, 0, minus, 0);
  for (let i = 0; i < n; i++) {
    put(plus, i, 100.0 * at(plus, i));
    put(minus, i, 100.0 * at(minus, i));
  }
  return 0;
}

/** `adjust` reaches only the last average: the library asks for its directions with the default. */
export function technicalFintaAdx(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  period: i32,
  adjust: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (period < 1) return 1;
  const plus = columnIn(scratch, n, 0);
  const minus = columnIn(scratch, n, 1);
  technicalFintaDmi(n, high, low, close, period, 1, plus, minus, columnIn(scratch, n, 2));
  for (let i = 0; i < n; i++) {
    const up = at(plus, i);
    const down = at(minus, i);
    put(plus, i, abs<f64>(up - down) / (up + down));
  }
  windowEwmMean(n, plus, 1.0 / f64(period), ALPHA, 0, adjust, 0, out, 0);
  for (let i = 0; i < n; i++) put(out, i, 100.0 * at(out, i));
  return 0;
}
