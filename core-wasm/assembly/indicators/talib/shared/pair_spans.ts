/**
 * What is made of both extremes of a sliding window, two rows at a time: `slide` of pair_extremes.ts for the
 * highest and the lowest at once, joined in the block where they still lie in the nearest cache.
 */
import { PERIOD_MIN } from "./pair_extremes";

/**
 * From row period - 1 on, `Span.pair(highest, lowest, close)` of the window's extremes, `close` being where
 * the two rows' closes lie; `Span.isOdd` says of which rows the order of comparisons would show. Answers
 * false, with the rows undefined, where such a row or a NaN is about or a short period makes another way
 * faster. Scratch: one column.
 */
export function slideSpan<Span>(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  period: i32,
  out: usize,
  scratch: usize,
): bool {
  if (period < PERIOD_MIN) return false;
  const span = changetype<Span>(0);
  const skip = <usize> (period - 1) << 3;
  const rows = n - period + 1;
  if (rows <= 0) return true;
  const window = <usize> (period >> 1) << 4;
  const width = <usize> (rows >> 1) << 4;
  const to = out + skip;
  const closes = close + skip;
  const firstHigh = high + (<usize> (period & 1) << 3);
  const firstLow = low + (<usize> (period & 1) << 3);
  const nextHigh = firstHigh + window - 8;
  const nextLow = firstLow + window - 8;
  let odd = eitherNan(v128.load64_splat(high), v128.load64_splat(low));
  for (let block: usize = 0; block < width; block += window) {
    const kept = scratch - block;
    let i = block + window;
    let highest = f64x2.splat(-Infinity);
    let lowest = f64x2.splat(Infinity);
    let besideHigh = v128.load64_zero(firstHigh + i);
    let besideLow = v128.load64_zero(firstLow + i);
    while (i > block) {
      i -= 16;
      const highs = v128.load(firstHigh + i);
      const lows = v128.load(firstLow + i);
      odd = v128.or(odd, eitherNan(highs, lows));
      highest = f64x2.pmax(highest, f64x2.pmax(highs, between(highs, besideHigh)));
      lowest = f64x2.pmin(lowest, f64x2.pmin(lows, between(lows, besideLow)));
      besideHigh = highs;
      besideLow = lows;
      if (i >= width) continue;
      v128.store(kept + i, f64x2.pmin(lowest, v128.load(low + i)));
      v128.store(to + i, f64x2.pmax(highest, v128.load(high + i)));
    }
    const end = min<usize>(block + window, width);
    highest = f64x2.splat(-Infinity);
    lowest = f64x2.splat(Infinity);
    besideHigh = v128.load64_splat(nextHigh + i + 8);
    besideLow = v128.load64_splat(nextLow + i + 8);
    let upper = v128.load(to + i);
    let lower = v128.load(kept + i);
    while (true) {
      const found = span.pair(upper, lower, closes + i);
      odd = v128.or(odd, span.isOdd(upper, lower, found));
      v128.store(to + i, found);
      i += 16;
      if (i >= end) break;
      const highs = v128.load(nextHigh + i);
      const lows = v128.load(nextLow + i);
      highest = f64x2.pmax(highest, f64x2.pmax(highs, between(besideHigh, highs)));
      lowest = f64x2.pmin(lowest, f64x2.pmin(lows, between(besideLow, lows)));
      besideHigh = highs;
      besideLow = lows;
      upper = f64x2.pmax(highest, v128.load(to + i));
      lower = f64x2.pmin(lowest, v128.load(kept + i));
    }
  }
  if (v128.any_true(odd)) return false;
  return finish<Span>(n, high, low, close, period, out);
}

/** The rows that are left: what the blocks did not look through for NaN, and an odd last row. */
function finish<Span>(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  period: i32,
  out: usize,
): bool {
  const span = changetype<Span>(0);
  let odd = f64x2.splat(0.0);
  let highest = f64x2.splat(-Infinity);
  let lowest = f64x2.splat(Infinity);
  for (let i: usize = <usize> (n - period) << 3; i < <usize> n << 3; i += 8) {
    const top = v128.load64_splat(high + i);
    const bottom = v128.load64_splat(low + i);
    odd = v128.or(odd, eitherNan(top, bottom));
    highest = f64x2.pmax(highest, top);
    lowest = f64x2.pmin(lowest, bottom);
  }
  const last = <usize> (n - 1) << 3;
  const found = span.pair(highest, lowest, close + last - 8);
  odd = v128.or(odd, span.isOdd(highest, lowest, found));
  v128.store64_lane(out + last, found, 1);
  return !v128.any_true(odd);
}

/** The second row of one pair and the first of the next. */
function between(pair: v128, next: v128): v128 {
  return v128.shuffle<f64>(pair, next, 1, 2);
}

function eitherNan(a: v128, b: v128): v128 {
  return v128.or(f64x2.ne(a, a), f64x2.ne(b, b));
}
