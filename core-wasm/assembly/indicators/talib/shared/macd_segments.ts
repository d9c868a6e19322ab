/**
 * MACD's two averages and its signal over a long series in four places at once (see `segments.ts`). The
 * averages of a block of rows come first and leave the line in the output, the signal's follow: each loop's
 * numbers fit the processor's registers.
 */
import { Fma, fma } from "../../shared/fma";
import { Lanes } from "../../shared/lanes";
import { isSame, runIn } from "./segments";
import { at, put } from "./ta";

const BLOCK: usize = 256 * 8;
export const MACD_STATE_BYTES: i32 = 96;

/** The averages of places a, b and c, d; lives in the caller's scratch. */
class State {
  fastA: f64;
  fastB: f64;
  fastC: f64;
  fastD: f64;
  slowA: f64;
  slowB: f64;
  slowC: f64;
  slowD: f64;
  signalA: f64;
  signalB: f64;
  signalC: f64;
  signalD: f64;
}
const FAST: usize = 0;
const SLOW: usize = 32;
const SIGNAL: usize = 64;

export class MacdRun {
  real: usize;
  fastFactor: f64;
  slowFactor: f64;
  signalFactor: f64;
  macd: usize;
  macdsignal: usize;
  macdhist: usize;
}

/** The fast and the slow average after one more value. */
export function nextAverages(averages: v128, factors: v128, value: f64): v128 {
  return Fma.pair(f64x2.sub(f64x2.splat(value), averages), factors, averages);
}

export function lineOf(averages: v128): f64 {
  return f64x2.extract_lane(averages, 0) - f64x2.extract_lane(averages, 1);
}

/** What the steps take off the distance together; the run-in of a guess follows from it. */
export function macdShare(slowFactor: f64, signalFactor: f64): f64 {
  return 1.0 / (1.0 / slowFactor + 1.0 / signalFactor);
}

/** Rows from `from` on, four times `rows`; answers both averages after the last. */
export function stepMacdSegments(
  run: MacdRun,
  from: i32,
  rows: i32,
  averages: v128,
  scratch: usize,
): v128 {
  const width = <usize> rows << 3;
  const first = <usize> from << 3;
  const state = changetype<State>(scratch);
  const before = <usize> runIn(macdShare(run.slowFactor, run.signalFactor)) << 3;
  guess(run, first, width, before, scratch);
  const fastB = state.fastB;
  const fastC = state.fastC;
  const fastD = state.fastD;
  const slowB = state.slowB;
  const slowC = state.slowC;
  const slowD = state.slowD;
  const signalB = state.signalB;
  const signalC = state.signalC;
  const signalD = state.signalD;
  state.fastA = f64x2.extract_lane(averages, 0);
  state.slowA = f64x2.extract_lane(averages, 1);
  state.signalA = load<f64>(run.macdsignal + first - 8);
  for (let start: usize = 0; start < width; start += BLOCK) {
    const end = min<usize>(start + BLOCK, width);
    stepAverages(run, first + start, first + end, width, scratch);
    stepSignals(run, first + start, first + end, width, scratch);
  }
  let truth = Lanes.both(state.fastA, state.slowA);
  const b = from + rows;
  const c = b + rows;
  truth = mend(run, b, rows, truth, Lanes.both(fastB, slowB), signalB);
  if (isFound(truth)) truth = Lanes.both(state.fastB, state.slowB);
  truth = mend(run, c, rows, truth, Lanes.both(fastC, slowC), signalC);
  if (isFound(truth)) truth = Lanes.both(state.fastC, state.slowC);
  truth = mend(run, c + rows, rows, truth, Lanes.both(fastD, slowD), signalD);
  return isFound(truth) ? Lanes.both(state.fastD, state.slowD) : truth;
}

/** States of places b, c and d after their run-in. */
function guess(run: MacdRun, first: usize, width: usize, before: usize, state: usize): void {
  const fastFactor = f64x2.splat(run.fastFactor);
  const slowFactor = f64x2.splat(run.slowFactor);
  const signalFactor = f64x2.splat(run.signalFactor);
  const b = run.real + first + width - before;
  const c = b + width;
  const d = c + width;
  let fastAb = v128.load64_splat(b);
  let fastCd = Lanes.load(c, d, 0);
  let slowAb = fastAb;
  let slowCd = fastCd;
  let signalAb = f64x2.splat(0.0);
  let signalCd = signalAb;
  for (let i: usize = 0; i < before; i += 8) {
    const ab = v128.load64_splat(b + i);
    const cd = Lanes.load(c, d, i);
    fastAb = Fma.pair(f64x2.sub(ab, fastAb), fastFactor, fastAb);
    fastCd = Fma.pair(f64x2.sub(cd, fastCd), fastFactor, fastCd);
    slowAb = Fma.pair(f64x2.sub(ab, slowAb), slowFactor, slowAb);
    slowCd = Fma.pair(f64x2.sub(cd, slowCd), slowFactor, slowCd);
    signalAb = Fma.pair(f64x2.sub(f64x2.sub(fastAb, slowAb), signalAb), signalFactor, signalAb);
    signalCd = Fma.pair(f64x2.sub(f64x2.sub(fastCd, slowCd), signalCd), signalFactor, signalCd);
  }
  v128.store(state + FAST, fastAb);
  v128.store(state + FAST, fastCd, 16);
  v128.store(state + SLOW, slowAb);
  v128.store(state + SLOW, slowCd, 16);
  v128.store(state + SIGNAL, signalAb);
  v128.store(state + SIGNAL, signalCd, 16);
}

/** The line of rows `start` to `end` (in bytes) and of those one, two and three widths further. */
function stepAverages(run: MacdRun, start: usize, end: usize, width: usize, state: usize): void {
  const fastFactor = f64x2.splat(run.fastFactor);
  const slowFactor = f64x2.splat(run.slowFactor);
  const a = run.real;
  const b = a + width;
  const c = b + width;
  const d = c + width;
  const outA = run.macd;
  const outB = outA + width;
  const outC = outB + width;
  const outD = outC + width;
  let fastAb = v128.load(state + FAST);
  let fastCd = v128.load(state + FAST, 16);
  let slowAb = v128.load(state + SLOW);
  let slowCd = v128.load(state + SLOW, 16);
  for (let i = start; i < end; i += 8) {
    const ab = Lanes.load(a, b, i);
    const cd = Lanes.load(c, d, i);
    fastAb = Fma.pair(f64x2.sub(ab, fastAb), fastFactor, fastAb);
    fastCd = Fma.pair(f64x2.sub(cd, fastCd), fastFactor, fastCd);
    slowAb = Fma.pair(f64x2.sub(ab, slowAb), slowFactor, slowAb);
    slowCd = Fma.pair(f64x2.sub(cd, slowCd), slowFactor, slowCd);
    Lanes.store(outA, outB, i, f64x2.sub(fastAb, slowAb));
    Lanes.store(outC, outD, i, f64x2.sub(fastCd, slowCd));
  }
  v128.store(state + FAST, fastAb);
  v128.store(state + FAST, fastCd, 16);
  v128.store(state + SLOW, slowAb);
  v128.store(state + SLOW, slowCd, 16);
}

/** The signal and the histogram of the same rows. */
function stepSignals(run: MacdRun, start: usize, end: usize, width: usize, state: usize): void {
  const factor = f64x2.splat(run.signalFactor);
  const high = f64x2.splat(Fma.high(run.signalFactor));
  const low = f64x2.splat(run.signalFactor - Fma.high(run.signalFactor));
  const a = run.macd;
  const c = a + 2 * width;
  const signalA = run.macdsignal;
  const signalC = signalA + 2 * width;
  const histA = run.macdhist;
  const histC = histA + 2 * width;
  let ab = v128.load(state + SIGNAL);
  let cd = v128.load(state + SIGNAL, 16);
  for (let i = start; i < end; i += 8) {
    const lineAb = Lanes.load(a, a + width, i);
    const lineCd = Lanes.load(c, c + width, i);
    ab = Fma.halves(f64x2.sub(lineAb, ab), factor, high, low, ab);
    cd = Fma.halves(f64x2.sub(lineCd, cd), factor, high, low, cd);
    Lanes.store(signalA, signalA + width, i, ab);
    Lanes.store(signalC, signalC + width, i, cd);
    Lanes.store(histA, histA + width, i, f64x2.sub(lineAb, ab));
    Lanes.store(histC, histC + width, i, f64x2.sub(lineCd, cd));
  }
  v128.store(state + SIGNAL, ab);
  v128.store(state + SIGNAL, cd, 16);
}

/**
 * Computes a segment again from its true state until that is the one to which the guess has led; answers
 * the averages after the segment, or `FOUND` where they are those of the guess.
 */
function mend(
  run: MacdRun,
  from: i32,
  rows: i32,
  averages: v128,
  guessed: v128,
  guessedSignal: f64,
): v128 {
  const factors = Lanes.both(run.fastFactor, run.slowFactor);
  let signal = at(run.macdsignal, from - 1);
  for (let i = from; i < from + rows; i++) {
    if (isSame(signal, guessedSignal) && i64x2.all_true(i64x2.eq(averages, guessed))) return FOUND;
    averages = nextAverages(averages, factors, at(run.real, i));
    guessed = nextAverages(guessed, factors, at(run.real, i));
    const line = lineOf(averages);
    signal = fma(line - signal, run.signalFactor, signal);
    guessedSignal = fma(lineOf(guessed) - guessedSignal, run.signalFactor, guessedSignal);
    put(run.macd, i, line);
    put(run.macdsignal, i, signal);
    put(run.macdhist, i, line - signal);
  }
  return averages;
}

/** No state of averages: the bits of a NaN that no arithmetic makes. */
const FOUND: v128 = i64x2(0x7ff8dead00000001, 0x7ff8dead00000001);

function isFound(averages: v128): bool {
  return i64x2.all_true(i64x2.eq(averages, FOUND));
}
