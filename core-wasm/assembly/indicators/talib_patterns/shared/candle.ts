import { larger, smaller } from "../../shared/choose";

/**
 * What patterns read of a candle. `at` names a row by the byte offset of the row ten before it: an
 * average's new and old row then share one address and differ by the instruction's own offset.
 */
const TEN_ROWS: usize = 80;

/** The candles of a pattern, from the oldest on, as byte offsets from the first. */
export const SECOND: isize = 8;
export const THIRD: isize = 16;
export const FOURTH: isize = 24;
export const FIFTH: isize = 32;

export function rowAt(row: i32): isize {
  return <isize> (row - 10) << 3;
}

/** Marks the rows before `lookback` as no pattern; false when no row is left. */
export function openRows(n: i32, lookback: i32, out: usize): bool {
  memory.fill(out, 0, <usize> min<i32>(n, lookback) << 2);
  return n > lookback;
}

export function signal(out: usize, at: isize, value: i32): void {
  store<i32>(out + <usize> (at >> 1), value, 40);
}

export function signed(isUp: bool, strength: i32): i32 {
  return isUp ? strength : -strength;
}

export function price(column: usize, at: isize): f64 {
  return load<f64>(column + <usize> at, TEN_ROWS);
}

/** A candle that closes where it opened is white, one with a NaN is black. */
export function isWhite(open: usize, close: usize, at: isize): bool {
  return price(close, at) >= price(open, at);
}

export function isBlack(open: usize, close: usize, at: isize): bool {
  return !isWhite(open, close, at);
}

export function body(open: usize, close: usize, at: isize): f64 {
  return abs<f64>(price(close, at) - price(open, at));
}

export function range(high: usize, low: usize, at: isize): f64 {
  return price(high, at) - price(low, at);
}

export function upperShadow(open: usize, high: usize, close: usize, at: isize): f64 {
  const closed = price(close, at);
  const opened = price(open, at);
  return price(high, at) - larger(closed, opened);
}

export function lowerShadow(open: usize, low: usize, close: usize, at: isize): f64 {
  const closed = price(close, at);
  const opened = price(open, at);
  return smaller(opened, closed) - price(low, at);
}

/** The body of the row `at` lies wholly above that of the row `before`. */
export function gapsUp(open: usize, close: usize, at: isize, before: isize): bool {
  return smaller(price(open, at), price(close, at)) >
    larger(price(open, before), price(close, before));
}

export function gapsDown(open: usize, close: usize, at: isize, before: isize): bool {
  return larger(price(open, at), price(close, at)) <
    smaller(price(open, before), price(close, before));
}

/** The columns' rows `at` and after it. */
function pair(column: usize, at: isize): v128 {
  return v128.load(column + <usize> at, TEN_ROWS);
}

export function bodyPair(open: usize, close: usize, at: isize): v128 {
  return f64x2.abs(f64x2.sub(pair(close, at), pair(open, at)));
}

export function rangePair(high: usize, low: usize, at: isize): v128 {
  return f64x2.sub(pair(high, at), pair(low, at));
}

/** Whether the body at `at` or the one after it has a gap to its predecessor. */
export function gapInPair(open: usize, close: usize, at: isize): bool {
  const opens = pair(open, at);
  const closes = pair(close, at);
  const formerOpens = pair(open, at - SECOND);
  const formerCloses = pair(close, at - SECOND);
  const isAbove = f64x2.gt(
    f64x2.pmin(closes, opens),
    f64x2.pmax(formerCloses, formerOpens),
  );
  const isBelow = f64x2.lt(
    f64x2.pmax(closes, opens),
    f64x2.pmin(formerCloses, formerOpens),
  );
  return v128.any_true(v128.or(isAbove, isBelow));
}

/** `hits` is a comparison's answer for the rows `at` and after it. */
export function signalPair(out: usize, at: isize, hits: v128, value: i64): void {
  const values = v128.and(hits, i64x2.splat(value));
  v128.store64_lane(out + <usize> (at >> 1), v128.shuffle<i32>(values, values, 0, 2, 0, 2), 0, 40);
}
