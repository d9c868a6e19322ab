import { Fma, IS_HARDWARE } from "../shared/fma";
import { Lanes } from "../shared/lanes";
import { isSame, runIn, segmentRows } from "./shared/segments";
import { at, fillNan, put } from "./shared/ta";

export function talibEma(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 1) return 1;
  return averageBy<Fused>(n, real, timeperiod, 2.0 / f64(timeperiod + 1), out);
}

/** Rows from `from` on, where the row before has its average. */
export function continueEma(n: i32, real: usize, from: i32, factor: f64, out: usize): void {
  stepFrom<Fused>(n, real, from, factor, out);
}

/** The same for a series whose moves are large beside its level, as of differences. */
export function emaOfMoves(n: i32, real: usize, timeperiod: i32, out: usize): i32 {
  return averageBy<HalvingStep>(n, real, timeperiod, 2.0 / f64(timeperiod + 1), out);
}

/** The same without the shortcut: a period of 1 steps by the whole distance, which rounds. */
export function steppedEma(n: i32, real: usize, timeperiod: i32, out: usize): i32 {
  return seedAndStep<Fused>(n, real, timeperiod, 2.0 / f64(timeperiod + 1), out);
}

/** `high` and `low` are the factor's upper and lower digits. */

class FusedStep {
  next(distance: f64, factor: f64, average: f64): f64 {
    return Fma.small(distance, factor, average);
  }
  pair(distances: v128, factors: v128, high: v128, low: v128, averages: v128): v128 {
    return Fma.pair(distances, factors, averages);
  }
}

/**
 * For factors whose products often fall between two numbers: prices are whole multiples of a unit, so a
 * factor near m / 2k makes one step in 2k such a product.
 */
class HalvingStep {
  next(distance: f64, factor: f64, average: f64): f64 {
    return Fma.free(distance, factor, average);
  }
  pair(distances: v128, factors: v128, high: v128, low: v128, averages: v128): v128 {
    return Fma.halves(distances, factors, high, low, averages);
  }
}

/** For powers of two. */
class PowerStep {
  next(distance: f64, factor: f64, average: f64): f64 {
    return Fma.power(distance, factor, average);
  }
  pair(distances: v128, factors: v128, high: v128, low: v128, averages: v128): v128 {
    return Fma.powerPair(distances, factors, averages);
  }
}

/** Seeded with the mean of the first period; a period of 1 copies. */
function averageBy<Step>(n: i32, real: usize, timeperiod: i32, factor: f64, out: usize): i32 {
  if (timeperiod === 1) {
    memory.copy(out, real, <usize> n << 3);
    return 0;
  }
  return seedAndStep<Step>(n, real, timeperiod, factor, out);
}

function seedAndStep<Step>(n: i32, real: usize, timeperiod: i32, factor: f64, out: usize): i32 {
  const lookback = timeperiod - 1;
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  put(out, lookback, meanOfFirst(real, timeperiod));
  stepFrom<Step>(n, real, timeperiod, factor, out);
  return 0;
}

/** Fused steps, in the way that suits the factor. */
class Fused {}

function stepFrom<Step>(n: i32, real: usize, from: i32, factor: f64, out: usize): void {
  if (IS_HARDWARE) return stepBy<FusedStep>(n, real, from, factor, out);
  if (!(idof<Step>() === idof<Fused>())) return stepBy<Step>(n, real, from, factor, out);
  const period = nearest<f64>(2.0 / factor);
  if ((reinterpret<u64>(factor) & 0xfffffffffffff) === 0) {
    stepBy<PowerStep>(n, real, from, factor, out);
  } else if (period % 4.0 === 0.0) {
    stepBy<HalvingStep>(n, real, from, factor, out);
  } else {
    stepBy<FusedStep>(n, real, from, factor, out);
  }
}

function stepBy<Step>(n: i32, real: usize, from: i32, factor: f64, out: usize): void {
  const segment = segmentRows(n - from, factor);
  if (segment > 0) stepSegments<Step>(real, from, segment, factor, out);
  const single = from + 4 * segment;
  let average = at(out, single - 1);
  for (let i: usize = <usize> single << 3, end = <usize> n << 3; i < end; i += 8) {
    average = changetype<Step>(0).next(load<f64>(real + i) - average, factor, average);
    store<f64>(out + i, average);
  }
}

function stepSegments<Step>(real: usize, from: i32, rows: i32, factor: f64, out: usize): void {
  const step = changetype<Step>(0);
  const factors = f64x2.splat(factor);
  const high = f64x2.splat(Fma.high(factor));
  const low = f64x2.splat(factor - Fma.high(factor));
  const width = <usize> rows << 3;
  const first = <usize> from << 3;
  const inA = real + first;
  const inB = inA + width;
  const inC = inB + width;
  const inD = inC + width;
  const before: usize = <usize> runIn(factor) << 3;
  let ab = v128.load64_splat(inB - before);
  let cd = Lanes.load(inC - before, inD - before, 0);
  for (let i: usize = 0; i < before; i += 8) {
    const awayAb = f64x2.sub(v128.load64_splat(inB - before + i), ab);
    const awayCd = f64x2.sub(Lanes.load(inC - before, inD - before, i), cd);
    ab = step.pair(awayAb, factors, high, low, ab);
    cd = step.pair(awayCd, factors, high, low, cd);
  }
  const guessB = f64x2.extract_lane(ab, 1);
  const guessC = f64x2.extract_lane(cd, 0);
  const guessD = f64x2.extract_lane(cd, 1);
  ab = f64x2.replace_lane(ab, 0, at(out, from - 1));
  const outA = out + first;
  const outB = outA + width;
  const outC = outB + width;
  const outD = outC + width;
  for (let i: usize = 0; i < width; i += 8) {
    ab = step.pair(f64x2.sub(Lanes.load(inA, inB, i), ab), factors, high, low, ab);
    cd = step.pair(f64x2.sub(Lanes.load(inC, inD, i), cd), factors, high, low, cd);
    Lanes.store(outA, outB, i, ab);
    Lanes.store(outC, outD, i, cd);
  }
  mend<Step>(inB, rows, factor, guessB, outB);
  mend<Step>(inC, rows, factor, guessC, outC);
  mend<Step>(inD, rows, factor, guessD, outD);
}

/** Computes a segment again, until its answers are those that the guess has led to. */
function mend<Step>(real: usize, rows: i32, factor: f64, guess: f64, out: usize): void {
  let average = load<f64>(out - 8);
  if (isSame(average, guess)) return;
  for (let i = 0; i < rows; i++) {
    average = changetype<Step>(0).next(at(real, i) - average, factor, average);
    if (isSame(average, at(out, i))) return;
    put(out, i, average);
  }
}

export function meanOfFirst(real: usize, count: i32): f64 {
  let total = 0.0;
  for (let i = 0; i < count; i++) total += at(real, i);
  return total / f64(count);
}
