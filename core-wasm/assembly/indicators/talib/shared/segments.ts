/**
 * One recursion over a long series in four places at once. A recursion waits for its own last result;
 * four of them wait together. Each later segment starts from a guess, run in over so many rows that the
 * guess is forgotten, usually to the last bit. Where a segment's true state meets the guessed one, all
 * that follows is the same; until then its rows are computed again. So the answers are those of one pass.
 */

/** Run-in, in units of 1 / the step's share: what is left of the guess is e^-64. */
const RUN_IN: f64 = 64.0;
/** Segments shorter than this many run-ins do not pay. */
const RUN_INS_MIN = 8;
const SEGMENT_ROWS_MIN = 1024;

/** Rows of run-in for a step that takes `share` of the distance. */
export function runIn(share: f64): i32 {
  return i32(min<f64>(1e8, ceil<f64>(RUN_IN / share)));
}

/** Rows of each of four segments of `rows`, or 0 where one pass is as good. */
export function segmentRows(rows: i32, share: f64): i32 {
  const each = rows >> 2;
  return each >= SEGMENT_ROWS_MIN && each / RUN_INS_MIN >= runIn(share) ? each : 0;
}

/** Whether two states are the same bit for bit. */
export function isSame(a: f64, b: f64): bool {
  return reinterpret<u64>(a) === reinterpret<u64>(b);
}
