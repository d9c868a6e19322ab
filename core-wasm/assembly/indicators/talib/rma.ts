import { Fma } from "../shared/fma";
import { Lanes } from "../shared/lanes";
import { isSame, runIn, segmentRows } from "./shared/segments";
import { meanOfFirst } from "./ema";
import { at, fillNan, put } from "./shared/ta";

export function talibRma(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 1) return 1;
  fillNan(out, n, timeperiod - 1);
  if (n < timeperiod) return 0;
  const kept = f64(timeperiod - 1) / f64(timeperiod);
  const share = 1.0 - kept;
  put(out, timeperiod - 1, meanOfFirst(real, timeperiod));
  const segment = segmentRows(n - timeperiod, share);
  if (segment > 0) stepSegments(real, timeperiod, segment, kept, out);
  continueRma(n, real, timeperiod + 4 * segment, kept, out);
  return 0;
}

function continueRma(n: i32, real: usize, from: i32, kept: f64, out: usize): void {
  const share = 1.0 - kept;
  let average = at(out, from - 1);
  for (let i: usize = <usize> from << 3, end = <usize> n << 3; i < end; i += 8) {
    average = Fma.decay(kept, share, average, share * load<f64>(real + i));
    store<f64>(out + i, average);
  }
}

function stepSegments(real: usize, from: i32, rows: i32, kept: f64, out: usize): void {
  const keeps = f64x2.splat(kept);
  const high = f64x2.splat(Fma.high(kept));
  const low = f64x2.splat(kept - Fma.high(kept));
  const shares = f64x2.sub(f64x2.splat(1.0), keeps);
  const width = <usize> rows << 3;
  const first = <usize> from << 3;
  const inA = real + first;
  const inB = inA + width;
  const inC = inB + width;
  const inD = inC + width;
  const before: usize = <usize> runIn(1.0 - kept) << 3;
  let ab = v128.load64_splat(inB - before);
  let cd = Lanes.load(inC - before, inD - before, 0);
  for (let i: usize = 0; i < before; i += 8) {
    const values = Lanes.load(inC - before, inD - before, i);
    const value = v128.load64_splat(inB - before + i);
    ab = Fma.keeps(ab, keeps, high, low, f64x2.mul(shares, value));
    cd = Fma.keeps(cd, keeps, high, low, f64x2.mul(shares, values));
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
    ab = Fma.keeps(ab, keeps, high, low, f64x2.mul(shares, Lanes.load(inA, inB, i)));
    cd = Fma.keeps(cd, keeps, high, low, f64x2.mul(shares, Lanes.load(inC, inD, i)));
    Lanes.store(outA, outB, i, ab);
    Lanes.store(outC, outD, i, cd);
  }
  mend(inB, rows, kept, guessB, outB);
  mend(inC, rows, kept, guessC, outC);
  mend(inD, rows, kept, guessD, outD);
}

/** Computes a segment again, until its answers are those that the guess has led to. */
function mend(real: usize, rows: i32, kept: f64, guess: f64, out: usize): void {
  const share = 1.0 - kept;
  let average = load<f64>(out - 8);
  if (isSame(average, guess)) return;
  for (let i = 0; i < rows; i++) {
    average = Fma.decay(kept, share, average, share * at(real, i));
    if (isSame(average, at(out, i))) return;
    put(out, i, average);
  }
}
