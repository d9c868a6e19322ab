import { emaOfMoves } from "./ema";
import { at, fillNan, put } from "./shared/ta";

/** The average of move times volume. */
export function talibEfi(
  n: i32,
  close: usize,
  volume: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 1) return 1;
  fillNan(out, n, 1);
  if (n < 2) return 0;
  for (let i = 1; i < n; i++) put(scratch, i, (at(close, i) - at(close, i - 1)) * at(volume, i));
  return emaOfMoves(n - 1, scratch + 8, timeperiod, out + 8);
}
