/** What patterns read of a candle; `at` is the byte offset of its row in the f64 columns. */

/** The candles of a pattern, from the oldest on, as byte offsets from the first. */
export const SECOND: usize = 8;
export const THIRD: usize = 16;
export const FOURTH: usize = 24;
export const FIFTH: usize = 32;

/** Marks the rows before `lookback` as no pattern; answers the columns' end, 0 when no row is left. */
export function openRows(n: i32, lookback: i32, out: usize): usize {
  memory.fill(out, 0, <usize> min<i32>(n, lookback) << 2);
  return n > lookback ? <usize> n << 3 : 0;
}

export function signal(out: usize, at: usize, value: i32): void {
  store<i32>(out + (at >> 1), value);
}

export function signed(isUp: bool, strength: i32): i32 {
  return isUp ? strength : -strength;
}

export function price(column: usize, at: usize): f64 {
  return load<f64>(column + at);
}

/** A candle that closes where it opened is white, one with a NaN is black. */
export function isWhite(open: usize, close: usize, at: usize): bool {
  return load<f64>(close + at) >= load<f64>(open + at);
}

export function isBlack(open: usize, close: usize, at: usize): bool {
  return !isWhite(open, close, at);
}

export function body(open: usize, close: usize, at: usize): f64 {
  return abs<f64>(load<f64>(close + at) - load<f64>(open + at));
}

export function range(high: usize, low: usize, at: usize): f64 {
  return load<f64>(high + at) - load<f64>(low + at);
}

export function upperShadow(open: usize, high: usize, close: usize, at: usize): f64 {
  const closed = load<f64>(close + at);
  const opened = load<f64>(open + at);
  return load<f64>(high + at) - (closed >= opened ? closed : opened);
}

export function lowerShadow(open: usize, low: usize, close: usize, at: usize): f64 {
  const closed = load<f64>(close + at);
  const opened = load<f64>(open + at);
  return (closed >= opened ? opened : closed) - load<f64>(low + at);
}

/** The second of the two when either is NaN, as in TA-Lib's comparisons. */
export function larger(a: f64, b: f64): f64 {
  return a > b ? a : b;
}

export function smaller(a: f64, b: f64): f64 {
  return a < b ? a : b;
}

/** The body of the row `at` lies wholly above that of the row `before`. */
export function gapsUp(open: usize, close: usize, at: usize, before: usize): bool {
  return smaller(price(open, at), price(close, at)) >
    larger(price(open, before), price(close, before));
}

export function gapsDown(open: usize, close: usize, at: usize, before: usize): bool {
  return larger(price(open, at), price(close, at)) <
    smaller(price(open, before), price(close, before));
}
