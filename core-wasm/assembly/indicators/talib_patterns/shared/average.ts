/**
 * What counts as long, short or near: averages over the candles before the one that is judged, kept as
 * running totals whose rounding is TA-Lib's (add the new size less the old). The settings are TA-Lib's
 * defaults; those with the same size and period share a total.
 */
import { body, bodyPair, lowerShadow, range, rangePair, upperShadow } from "./candle";

/** Rows in the averages of bodies, ranges and shadows, in bytes. */
const TEN: isize = 80;
/** Rows in the averages that judge nearness. */
const FIVE: isize = 40;

/** The bodies of the ten candles before row `at`. */
export function bodyTotal(open: usize, close: usize, at: isize): f64 {
  let total = 0.0;
  for (let row = at - TEN; row < at; row += 8) total += body(open, close, row);
  return total;
}

export function rangeTotal(high: usize, low: usize, at: isize): f64 {
  return sumRanges(high, low, at - TEN, at);
}

/** The ranges of the five candles before row `at`. */
export function nearTotal(high: usize, low: usize, at: isize): f64 {
  return sumRanges(high, low, at - FIVE, at);
}

export function shadowTotal(open: usize, high: usize, low: usize, close: usize, at: isize): f64 {
  let total = 0.0;
  for (let row = at - TEN; row < at; row += 8) total += shadows(open, high, low, close, row);
  return total;
}

/** What a total changes by when it moves on to the row after `at`. */
export function bodyStep(open: usize, close: usize, at: isize): f64 {
  return body(open, close, at) - body(open, close, at - TEN);
}

export function rangeStep(high: usize, low: usize, at: isize): f64 {
  return range(high, low, at) - range(high, low, at - TEN);
}

/** The steps of the rows `at` and after it. */
export function bodyStepPair(open: usize, close: usize, at: isize): v128 {
  return f64x2.sub(bodyPair(open, close, at), bodyPair(open, close, at - TEN));
}

export function rangeStepPair(high: usize, low: usize, at: isize): v128 {
  return f64x2.sub(rangePair(high, low, at), rangePair(high, low, at - TEN));
}

export function nearStepPair(high: usize, low: usize, at: isize): v128 {
  return f64x2.sub(rangePair(high, low, at), rangePair(high, low, at - FIVE));
}

export function nearStep(high: usize, low: usize, at: isize): f64 {
  return range(high, low, at) - range(high, low, at - FIVE);
}

export function shadowStep(open: usize, high: usize, low: usize, close: usize, at: isize): f64 {
  return shadows(open, high, low, close, at) - shadows(open, high, low, close, at - TEN);
}

/** Above it a body is long, below it short. */
export function usualBody(bodyTotal: f64): f64 {
  return bodyTotal / 10.0;
}

/** A body up to this is a doji's, a shadow below it as good as none. */
export function tiny(rangeTotal: f64): f64 {
  return 0.1 * (rangeTotal / 10.0);
}

export function tinyPair(rangeTotals: v128): v128 {
  return f64x2.mul(f64x2.splat(0.1), f64x2.div(rangeTotals, f64x2.splat(10.0)));
}

export function shortShadow(shadowTotal: f64): f64 {
  return shadowTotal / 10.0 / 2.0;
}

export function near(nearTotal: f64): f64 {
  return 0.2 * (nearTotal / 5.0);
}

export function far(nearTotal: f64): f64 {
  return 0.6 * (nearTotal / 5.0);
}

/** Prices that differ by no more than this are equal. */
export function equal(nearTotal: f64): f64 {
  return 0.05 * (nearTotal / 5.0);
}

function sumRanges(high: usize, low: usize, from: isize, to: isize): f64 {
  let total = 0.0;
  for (let row = from; row < to; row += 8) total += range(high, low, row);
  return total;
}

function shadows(open: usize, high: usize, low: usize, close: usize, at: isize): f64 {
  return upperShadow(open, high, close, at) + lowerShadow(open, low, close, at);
}
