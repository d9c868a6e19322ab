import { talibEma } from "../talib/ema";
import { at, put } from "../window/shared/rows";
import { columnIn, earlier } from "./shared/columns";

/** A missing change counts as no movement, and without falls the index is 0. */
export function technicalRmi(
  n: i32,
  close: usize,
  length: i32,
  mom: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (length < 1) return 1;
  const change = columnIn(scratch, n, 0);
  const falls = columnIn(scratch, n, 1);
  for (let i = 0; i < n; i++) put(change, i, above(at(close, i) - earlier(close, i - mom)));
  talibEma(n, change, length, out, scratch);
  for (let i = 0; i < n; i++) put(change, i, above(earlier(close, i - mom) - at(close, i)));
  talibEma(n, change, length, falls, scratch);
  for (let i = 0; i < n; i++) {
    const fall = at(falls, i);
    put(out, i, fall === 0.0 ? 0.0 : 100.0 - 100.0 / (1.0 + at(out, i) / fall));
  }
  return 0;
}

function above(change: f64): f64 {
  return change > 0.0 ? change : 0.0;
}
