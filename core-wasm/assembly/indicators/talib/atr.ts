import { Fma, fmaPair } from "../shared/fma";
import { runIn, segmentRows } from "./shared/segments";
import { TrueRange } from "./shared/true_range";
import { at, fillNan, put, trueRange } from "./shared/ta";

/** What is answered of the average; `prices` are the rows' closes. */
export class Plain {
  pair(ranges: v128, prices: v128): v128 {
    return ranges;
  }
}
export class Percent {
  pair(ranges: v128, prices: v128): v128 {
    const shares = f64x2.mul(f64x2.div(ranges, prices), f64x2.splat(100.0));
    return v128.and(shares, f64x2.ne(prices, f64x2.splat(0.0)));
  }
}

export function talibAtr(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  return averageRange<Plain>(n, high, low, close, timeperiod, out);
}

export function averageRange<Kind>(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  timeperiod: i32,
  out: usize,
): i32 {
  if (timeperiod < 1) return 1;
  fillNan(out, n, timeperiod);
  if (n <= timeperiod) return 0;
  let total = 0.0;
  for (let i = 1; i <= timeperiod; i++) {
    total += trueRange(at(high, i), at(low, i), at(close, i - 1));
  }
  const first = f64x2.splat(total / f64(timeperiod));
  put(out, timeperiod, answer<Kind>(first, at(close, timeperiod)));
  const kept = f64(timeperiod - 1) / f64(timeperiod);
  /** Vectors of two rows lie within one line of the cache. */
  const from = (timeperiod + 2) & ~1;
  const half = 2 * segmentRows(n - from, 1.0 - kept);
  let average = stepRows<Kind>(
    high,
    low,
    close,
    timeperiod + 1,
    min<i32>(from, n),
    kept,
    first,
    out,
  );
  if (half > 0) average = stepHalves<Kind>(high, low, close, from, half, kept, average, out);
  stepRows<Kind>(high, low, close, from + 2 * half, n, kept, average, out);
  return 0;
}

/** Rows from `from` on, where the row before has its average. */
export function continueAtr(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  timeperiod: i32,
  from: i32,
  out: usize,
): void {
  const kept = f64(timeperiod - 1) / f64(timeperiod);
  stepRows<Plain>(high, low, close, from, n, kept, f64x2.splat(at(out, from - 1)), out);
}

function answer<Kind>(average: v128, price: f64): f64 {
  return f64x2.extract_lane(changetype<Kind>(0).pair(average, f64x2.splat(price)), 0);
}

/** Rows `from` to `to` from the average before them; answers the one after. Both lanes are the same. */
function stepRows<Kind>(
  high: usize,
  low: usize,
  close: usize,
  from: i32,
  to: i32,
  kept: f64,
  average: v128,
  out: usize,
): v128 {
  const keeps = f64x2.splat(kept);
  const shares = f64x2.splat(1.0 - kept);
  const end = <usize> to << 3;
  let i = <usize> from << 3;
  for (; i + 16 <= end; i += 16) {
    const added = f64x2.mul(shares, TrueRange.rows(high + i, low + i, close + i));
    const next = fmaPair(average, keeps, v128.shuffle<f64>(added, added, 0, 0));
    average = fmaPair(next, keeps, v128.shuffle<f64>(added, added, 1, 1));
    const both = v128.shuffle<f64>(next, average, 0, 2);
    v128.store(out + i, changetype<Kind>(0).pair(both, v128.load(close + i)));
  }
  if (i >= end) return average;
  average = fmaPair(average, keeps, f64x2.mul(shares, TrueRange.row(high + i, low + i, close + i)));
  store<f64>(out + i, answer<Kind>(average, load<f64>(close + i)));
  return average;
}

/** Twice `rows` rows, each half in a lane; answers the average after them in both lanes. */
function stepHalves<Kind>(
  high: usize,
  low: usize,
  close: usize,
  from: i32,
  rows: i32,
  kept: f64,
  average: v128,
  out: usize,
): v128 {
  const kind = changetype<Kind>(0);
  const keeps = f64x2.splat(kept);
  const upper = f64x2.splat(Fma.high(kept));
  const lower = f64x2.splat(kept - Fma.high(kept));
  const shares = f64x2.splat(1.0 - kept);
  const width = <usize> rows << 3;
  const first = <usize> from << 3;
  const middle = first + width;
  let guess = f64x2.splat(0.0);
  for (let i = middle - (<usize> runIn(1.0 - kept) << 3); i < middle; i += 8) {
    const range = TrueRange.row(high + i, low + i, close + i);
    guess = Fma.keeps(guess, keeps, upper, lower, f64x2.mul(shares, range));
  }
  let both = v128.shuffle<f64>(average, guess, 0, 2);
  let lastOne = v128.load64_splat(close + first - 8);
  let lastOther = v128.load64_splat(close + middle - 8);
  for (let i = first; i < middle; i += 16) {
    const j = i + width;
    const closeOne = v128.load(close + i);
    const closeOther = v128.load(close + j);
    const one = f64x2.mul(shares, TrueRange.after(high + i, low + i, lastOne, closeOne));
    const other = f64x2.mul(shares, TrueRange.after(high + j, low + j, lastOther, closeOther));
    lastOne = closeOne;
    lastOther = closeOther;
    const odd = v128.shuffle<f64>(one, other, 0, 2);
    const next = Fma.keeps(both, keeps, upper, lower, odd);
    both = Fma.keeps(next, keeps, upper, lower, v128.shuffle<f64>(one, other, 1, 3));
    const early = v128.shuffle<f64>(next, both, 0, 2);
    const late = v128.shuffle<f64>(next, both, 1, 3);
    v128.store(out + i, kind.pair(early, closeOne));
    v128.store(out + j, kind.pair(late, closeOther));
  }
  const end = v128.shuffle<f64>(both, both, 1, 1);
  const state = v128.shuffle<f64>(both, guess, 0, 2);
  return mend<Kind>(high, low, close, from + rows, rows, kept, state, end, out);
}

/**
 * Computes a half again from the true average, the first lane, until that is the second's, the guess;
 * answers the average after it, which from the guess is `end`.
 */
function mend<Kind>(
  high: usize,
  low: usize,
  close: usize,
  from: i32,
  rows: i32,
  kept: f64,
  both: v128,
  end: v128,
  out: usize,
): v128 {
  const keeps = f64x2.splat(kept);
  const shares = f64x2.splat(1.0 - kept);
  for (let row = from; row < from + rows; row++) {
    const i = <usize> row << 3;
    if (i64x2.extract_lane(both, 0) === i64x2.extract_lane(both, 1)) return end;
    const range = TrueRange.row(high + i, low + i, close + i);
    both = fmaPair(both, keeps, f64x2.mul(shares, range));
    store<f64>(out + i, answer<Kind>(both, load<f64>(close + i)));
  }
  return v128.shuffle<f64>(both, both, 0, 0);
}
