import { Lanes } from "../shared/lanes";
import { runIn, segmentRows } from "./shared/segments";
import { at, fillNan, put } from "./shared/ta";

/** Wilder's averages of gain and loss advance together in the two lanes of one vector. */
export function talibRsi(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 2) return 1;
  fillNan(out, n, timeperiod);
  if (n <= timeperiod) return 0;
  const from = timeperiod + 1;
  let pair = firstRsi(real, timeperiod, out);
  const segment = segmentRows(n - from, 1.0 / f64(timeperiod));
  if (segment > 0) pair = stepSegments(real, from, segment, timeperiod, pair, out);
  continueRsi(n, real, timeperiod, from + 4 * segment, pair, out);
  return 0;
}

/** Row `timeperiod`; answers both averages. */
export function firstRsi(real: usize, timeperiod: i32, out: usize): v128 {
  let previous = load<f64>(real);
  let pair = f64x2.splat(0.0);
  for (let i = 1; i <= timeperiod; i++) {
    const value = at(real, i);
    pair = f64x2.add(pair, gainAndLoss(value - previous));
    previous = value;
  }
  pair = f64x2.mul(pair, f64x2.splat(1.0 / f64(timeperiod)));
  put(out, timeperiod, strength(pair));
  return pair;
}

/** Rows from `from` on; answers both averages after the last. */
export function continueRsi(
  n: i32,
  real: usize,
  timeperiod: i32,
  from: i32,
  pair: v128,
  out: usize,
): v128 {
  const inverse = f64x2.splat(1.0 / f64(timeperiod));
  const kept = f64x2.splat(f64(timeperiod - 1));
  let previous = at(real, from - 1);
  for (let i: usize = <usize> from << 3, end = <usize> n << 3; i < end; i += 8) {
    const value = load<f64>(real + i);
    pair = Rsi.next(pair, value - previous, kept, inverse);
    previous = value;
    store<f64>(out + i, strength(pair));
  }
  return pair;
}

export class Rsi {
  // @ts-ignore: decorator
  @inline
  static next(pair: v128, change: f64, kept: v128, inverse: v128): v128 {
    return f64x2.mul(f64x2.add(f64x2.mul(pair, kept), gainAndLoss(change)), inverse);
  }

  // @ts-ignore: decorator
  @inline
  static change(place: usize): f64 {
    return load<f64>(place) - load<f64>(place - 8);
  }
}

/** Answers both averages after the last segment. */
function stepSegments(
  real: usize,
  from: i32,
  rows: i32,
  timeperiod: i32,
  pair: v128,
  out: usize,
): v128 {
  const inverse = f64x2.splat(1.0 / f64(timeperiod));
  const kept = f64x2.splat(f64(timeperiod - 1));
  const width = <usize> rows << 3;
  const a = <usize> from << 3;
  const b = a + width;
  const c = b + width;
  const d = c + width;
  const before: usize = <usize> runIn(1.0 / f64(timeperiod)) << 3;
  let pairB = f64x2.splat(0.0);
  let pairC = pairB;
  let pairD = pairB;
  for (let i: usize = 0; i < before; i += 8) {
    const at = real + i - before;
    pairB = Rsi.next(pairB, Rsi.change(at + b), kept, inverse);
    pairC = Rsi.next(pairC, Rsi.change(at + c), kept, inverse);
    pairD = Rsi.next(pairD, Rsi.change(at + d), kept, inverse);
  }
  const guessB = pairB;
  const guessC = pairC;
  const guessD = pairD;
  for (let i: usize = 0; i < width; i += 8) {
    pair = Rsi.next(pair, Rsi.change(real + a + i), kept, inverse);
    pairB = Rsi.next(pairB, Rsi.change(real + b + i), kept, inverse);
    pairC = Rsi.next(pairC, Rsi.change(real + c + i), kept, inverse);
    pairD = Rsi.next(pairD, Rsi.change(real + d + i), kept, inverse);
    Lanes.store(out + a, out + b, i, strengths(pair, pairB));
    Lanes.store(out + c, out + d, i, strengths(pairC, pairD));
  }
  const ends = real + b;
  pair = mend(ends, rows, timeperiod, pair, guessB, pairB, out + b);
  pair = mend(ends + width, rows, timeperiod, pair, guessC, pairC, out + c);
  return mend(ends + 2 * width, rows, timeperiod, pair, guessD, pairD, out + d);
}

/**
 * Computes a segment again from its true state, until that is the one to which the guess has led;
 * answers the state after the segment, which from the guess is `end`.
 */
function mend(
  real: usize,
  rows: i32,
  timeperiod: i32,
  pair: v128,
  guess: v128,
  end: v128,
  out: usize,
): v128 {
  const inverse = f64x2.splat(1.0 / f64(timeperiod));
  const kept = f64x2.splat(f64(timeperiod - 1));
  for (let i = 0; i < rows; i++) {
    if (i64x2.all_true(i64x2.eq(pair, guess))) return end;
    const change = at(real, i) - at(real, i - 1);
    pair = Rsi.next(pair, change, kept, inverse);
    guess = Rsi.next(guess, change, kept, inverse);
    put(out, i, strength(pair));
  }
  return pair;
}

/** Without a branch: the sign of a move is as good as random. */
function gainAndLoss(change: f64): v128 {
  const gain = f64x2.pmax(f64x2.splat(0.0), f64x2.splat(change));
  return f64x2.replace_lane(gain, 1, f64x2.extract_lane(gain, 0) - change);
}

/** Without any movement the answer is 0. */
export function strength(pair: v128): f64 {
  const gain = f64x2.extract_lane(pair, 0);
  const total = gain + f64x2.extract_lane(pair, 1);
  return total > 0.0 ? 100.0 * (gain / total) : 0.0;
}

/** The answers for two states. */
function strengths(first: v128, second: v128): v128 {
  const gains = v128.shuffle<f64>(first, second, 0, 2);
  const totals = f64x2.add(gains, v128.shuffle<f64>(first, second, 1, 3));
  const shares = f64x2.mul(f64x2.splat(100.0), f64x2.div(gains, totals));
  return v128.and(shares, f64x2.gt(totals, f64x2.splat(0.0)));
}
