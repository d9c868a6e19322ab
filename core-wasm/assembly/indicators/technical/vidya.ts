import { windowRollingSum } from "../window/rolling_sum";
import { windowRollingStd } from "../window/rolling_var";
import { at, put } from "../window/shared/rows";
import { columnIn, earlier } from "./shared/columns";

/** The average starts from 0 at row `length`, so that its first values are those of a ramp. */
export function technicalVidya(
  n: i32,
  close: usize,
  length: i32,
  select: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (length < 1) return 1;
  const volatility = columnIn(scratch, n, 0);
  if (select !== 0) momentumOf(n, close, length, volatility, scratch);
  else windowRollingStd(n, close, length, 0, 1, volatility, scratch);
  const alpha = 2.0 / f64(length + 1);
  let average = 0.0;
  for (let i = 0; i < n; i++) {
    const found = at(volatility, i);
    if (i >= length) {
      const weight = alpha * (found !== found ? 0.0 : found);
      average = weight * at(close, i) + (1.0 - weight) * average;
    }
    put(out, i, average);
  }
  return 0;
}

/** Chande's momentum as a share; the row without a change is a missing fall, not a missing rise. */
function momentumOf(n: i32, close: usize, length: i32, out: usize, scratch: usize): void {
  const rises = columnIn(scratch, n, 1);
  const falls = columnIn(scratch, n, 2);
  const sums = columnIn(scratch, n, 3);
  for (let i = 0; i < n; i++) {
    const change = at(close, i) - earlier(close, i - 1);
    put(rises, i, change >= 0.0 ? change : 0.0);
    put(falls, i, change >= 0.0 ? 0.0 : -change);
  }
  windowRollingSum(n, rises, length, 0, sums, scratch);
  windowRollingSum(n, falls, length, 0, rises, scratch);
  for (let i = 0; i < n; i++) {
    const up = at(sums, i);
    const down = at(rises, i);
    put(out, i, abs<f64>(100.0 * (up - down) / (up + down)) / 100.0);
  }
}
