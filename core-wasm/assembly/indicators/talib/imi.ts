import { at, fillNan, put } from "./shared/ta";

export function talibImi(
  n: i32,
  open: usize,
  close: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  fillNan(out, n, timeperiod - 1);
  for (let i = timeperiod - 1; i < n; i++) {
    let up = 0.0;
    let down = 0.0;
    for (let j = i - timeperiod + 1; j <= i; j++) {
      const body = at(close, j) - at(open, j);
      if (at(close, j) > at(open, j)) up += body;
      else down += at(open, j) - at(close, j);
    }
    const total = up + down;
    put(out, i, total === 0.0 ? 50.0 : 100.0 * (up / total));
  }
  return 0;
}
