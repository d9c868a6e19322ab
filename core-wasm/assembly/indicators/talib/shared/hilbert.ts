/**
 * What Ehlers' cycle indicators share: a price smoother and one Hilbert transform of four lines.
 *
 * Every bar waits for the period that the last one found, through two transforms, two quotients and an arc
 * tangent. So a long series goes in two places at once.
 */
import { arcTangentsNear } from "../../shared/atan";
import { Fma } from "../../shared/fma";
import { Lanes } from "../../shared/lanes";
import { at, put } from "./ta";
import { runTwoPlaces } from "./two_places";

const DEGREES: f64 = 57.29577951308232;

/** What a bar leaves to later ones is down to half after three, or sooner. */
const SHARE: f64 = 0.0625;

/** Bars that a line looks back on, in whole vectors: products of 8 bars, then carried ones. */
const SLOTS: usize = 8 * 16;
const LINE_BYTES: usize = 2 * SLOTS;
/** Numbers that a bar hands to the next; the lines lie behind them. */
const CARRIED: usize = 8 * 16;
const STATE_BYTES: usize = CARRIED + 4 * LINE_BYTES;

/** Scratch of `runCycle`: a state, its guess and the columns. */
export const HILBERT_BYTES: usize = 2 * STATE_BYTES + 16;

class Columns {
  smoothed: usize;
  one: usize;
  other: usize;
}

/** Answers the period after each bar. */
export class Periods {
  advance(run: usize, from: i32, to: i32, apart: usize, state: usize): void {
    advance<Periods>(changetype<Columns>(run), from, to, apart, state);
  }
  keep(columns: Columns, i: usize, apart: usize, period: v128, inphase: v128, quad: v128): void {
    Lanes.store(columns.one, columns.one + apart, i, period);
  }
}

/** Answers the two parts of the cycle. */
export class Phasors {
  advance(run: usize, from: i32, to: i32, apart: usize, state: usize): void {
    advance<Phasors>(changetype<Columns>(run), from, to, apart, state);
  }
  keep(columns: Columns, i: usize, apart: usize, period: v128, inphase: v128, quad: v128): void {
    Lanes.store(columns.one, columns.one + apart, i, inphase);
    Lanes.store(columns.other, columns.other + apart, i, quad);
  }
}

/** Prices weighted over four bars; rows before `first` are zero, as nothing has been smoothed there. */
export function smoothPrices(n: i32, real: usize, first: i32, out: usize): void {
  let sum = at(real, 0) + at(real, 1) + at(real, 2);
  let weighted = at(real, 0) + at(real, 1) * 2.0 + at(real, 2) * 3.0;
  let leaving = 0.0;
  for (let i = 3; i < n; i++) {
    const value = at(real, i);
    sum += value;
    sum -= leaving;
    weighted += value * 4.0;
    leaving = at(real, i - 3);
    put(out, i, weighted * 0.1);
    weighted -= sum;
  }
  memory.fill(out, 0, <usize> first << 3);
}

/** Rows from `first` on, of smoothed prices. `one` and `other` are the columns that `Kind` answers. */
export function runCycle<Kind>(
  n: i32,
  smoothed: usize,
  first: i32,
  one: usize,
  other: usize,
  state: usize,
): void {
  const run = state + 2 * STATE_BYTES;
  const columns = changetype<Columns>(run);
  columns.smoothed = smoothed;
  columns.one = one;
  columns.other = other;
  memory.fill(state, 0, STATE_BYTES);
  runTwoPlaces<Kind>(run, first, n, SHARE, state, STATE_BYTES);
}

/** One line's step: bar `at` (a slot's offset) enters, the answer is scaled by the period's adjustment. */
class Line {
  // @ts-ignore: decorator
  @inline
  static next(line: usize, at: usize, input: v128, adjusted: v128): v128 {
    const product = f64x2.mul(f64x2.splat(0.0962), input);
    const twoAgo = line + ((at + 96) & 127);
    const fourAgo = line + ((at + 64) & 127);
    const sixAgo = line + ((at + 32) & 127);
    let value = f64x2.sub(product, v128.load(sixAgo));
    value = f64x2.sub(value, v128.load(fourAgo, SLOTS));
    value = f64x2.add(value, v128.load(twoAgo, SLOTS));
    v128.store(line + at, product);
    v128.store(line + at, f64x2.mul(f64x2.splat(0.5769), input), SLOTS);
    return f64x2.mul(value, adjusted);
  }
}

/** Rows `from` to `to`, and in the second lane those `apart` bytes further. */
function advance<Kind>(columns: Columns, from: i32, to: i32, apart: usize, state: usize): void {
  const smoothed = columns.smoothed;
  const lines = state + CARRIED;
  let period = v128.load(state);
  let re = v128.load(state, 16);
  let im = v128.load(state, 32);
  let previousQ = v128.load(state, 48);
  let previousI = v128.load(state, 64);
  let oneAgo = v128.load(state, 80);
  let twoAgo = v128.load(state, 96);
  let threeAgo = v128.load(state, 112);
  let slot: usize = 0;
  for (let i = <usize> from << 3, end = <usize> to << 3; i < end; i += 8) {
    const adjusted = Fma.freePair(f64x2.splat(0.075), period, f64x2.splat(0.54));
    const price = Lanes.load(smoothed, smoothed + apart, i);
    const detrender = Line.next(lines, slot, price, adjusted);
    const q1 = Line.next(lines + LINE_BYTES, slot, detrender, adjusted);
    const ji = Line.next(lines + 2 * LINE_BYTES, slot, threeAgo, adjusted);
    const jq = Line.next(lines + 3 * LINE_BYTES, slot, q1, adjusted);
    slot = (slot + 16) & 127;
    const q2 = blend(f64x2.add(q1, ji), previousQ);
    const i2 = blend(f64x2.sub(threeAgo, jq), previousI);
    const moved = Fma.freePair(i2, previousI, f64x2.mul(q2, previousQ));
    const turned = f64x2.sub(f64x2.mul(i2, previousQ), f64x2.mul(q2, previousI));
    re = Fma.freePair(f64x2.splat(0.8), re, f64x2.mul(f64x2.splat(0.2), moved));
    im = Fma.freePair(f64x2.splat(0.8), im, f64x2.mul(f64x2.splat(0.2), turned));
    previousQ = q2;
    previousI = i2;
    period = nextPeriod(period, re, im);
    changetype<Kind>(0).keep(columns, i, apart, period, threeAgo, q1);
    threeAgo = twoAgo;
    twoAgo = oneAgo;
    oneAgo = detrender;
  }
  v128.store(state, period);
  v128.store(state, re, 16);
  v128.store(state, im, 32);
  v128.store(state, previousQ, 48);
  v128.store(state, previousI, 64);
  v128.store(state, oneAgo, 80);
  v128.store(state, twoAgo, 96);
  v128.store(state, threeAgo, 112);
}

/** A fifth of what is new and four fifths of what was. */
function blend(now: v128, before: v128): v128 {
  return Fma.freePair(f64x2.splat(0.2), now, f64x2.mul(f64x2.splat(0.8), before));
}

/** The dominant period for the next bar: from the phase's turn, bounded by the last one. */
function nextPeriod(last: v128, re: v128, im: v128): v128 {
  const zero = f64x2.splat(0.0);
  const turns = v128.and(f64x2.ne(im, zero), f64x2.ne(re, zero));
  const size = f64x2.abs(im);
  const other = f64x2.abs(re);
  const smaller = f64x2.div(f64x2.pmin(size, other), f64x2.pmax(size, other));
  const angle = arcTangentsNear(f64x2.div(im, re), smaller);
  const found = f64x2.div(f64x2.splat(360.0), f64x2.mul(angle, f64x2.splat(DEGREES)));
  let period = v128.bitselect(found, last, turns);
  period = f64x2.pmin(period, f64x2.mul(f64x2.splat(1.5), last));
  period = f64x2.pmax(period, f64x2.mul(f64x2.splat(0.67), last));
  period = f64x2.pmin(f64x2.pmax(period, f64x2.splat(6.0)), f64x2.splat(50.0));
  return blend(period, last);
}
