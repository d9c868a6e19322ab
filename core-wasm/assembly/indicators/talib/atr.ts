import { Fma } from "../shared/fma";
import { Lanes } from "../shared/lanes";
import { isSame, runIn, segmentRows } from "./shared/segments";
import { TrueRange } from "./shared/true_range";
import { at, fillNan, put, trueRange } from "./shared/ta";

export function talibAtr(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 1) return 1;
  fillNan(out, n, timeperiod);
  if (n <= timeperiod) return 0;
  let total = 0.0;
  for (let i = 1; i <= timeperiod; i++) {
    total += trueRange(at(high, i), at(low, i), at(close, i - 1));
  }
  put(out, timeperiod, total / f64(timeperiod));
  const kept = f64(timeperiod - 1) / f64(timeperiod);
  const from = timeperiod + 1;
  const segment = segmentRows(n - from, 1.0 - kept);
  if (segment > 0) stepSegments(high, low, close, from, segment, kept, out);
  continueAtr(n, high, low, close, timeperiod, from + 4 * segment, out);
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
  const share = 1.0 - kept;
  let average = at(out, from - 1);
  for (let i: usize = <usize> from << 3, end = <usize> n << 3; i < end; i += 8) {
    const range = trueRange(
      load<f64>(high + i),
      load<f64>(low + i),
      load<f64>(close + i - 8),
    );
    average = Fma.decay(kept, share, average, share * range);
    store<f64>(out + i, average);
  }
}

function stepSegments(
  high: usize,
  low: usize,
  close: usize,
  from: i32,
  rows: i32,
  kept: f64,
  out: usize,
): void {
  const keeps = f64x2.splat(kept);
  const upper = f64x2.splat(Fma.high(kept));
  const lower = f64x2.splat(kept - Fma.high(kept));
  const shares = f64x2.sub(f64x2.splat(1.0), keeps);
  const width = <usize> rows << 3;
  const a: usize = <usize> from << 3;
  const b = a + width;
  const c = b + width;
  const d = c + width;
  const before: usize = <usize> runIn(1.0 - kept) << 3;
  let ab = f64x2.splat(0.0);
  let cd = f64x2.splat(0.0);
  for (let i: usize = 0; i < before; i += 8) {
    const at = i - before;
    const rangesB = TrueRange.both(high + b, high + b, low + b, low + b, close + b, close + b, at);
    const rangesCd = TrueRange.both(high + c, high + d, low + c, low + d, close + c, close + d, at);
    ab = Fma.keeps(ab, keeps, upper, lower, f64x2.mul(shares, rangesB));
    cd = Fma.keeps(cd, keeps, upper, lower, f64x2.mul(shares, rangesCd));
  }
  const guessB = f64x2.extract_lane(ab, 1);
  const guessC = f64x2.extract_lane(cd, 0);
  const guessD = f64x2.extract_lane(cd, 1);
  ab = f64x2.replace_lane(ab, 0, load<f64>(out + a - 8));
  for (let i: usize = 0; i < width; i += 8) {
    const rangesAb = TrueRange.both(high + a, high + b, low + a, low + b, close + a, close + b, i);
    const rangesCd = TrueRange.both(high + c, high + d, low + c, low + d, close + c, close + d, i);
    ab = Fma.keeps(ab, keeps, upper, lower, f64x2.mul(shares, rangesAb));
    cd = Fma.keeps(cd, keeps, upper, lower, f64x2.mul(shares, rangesCd));
    Lanes.store(out + a, out + b, i, ab);
    Lanes.store(out + c, out + d, i, cd);
  }
  mend(high + b, low + b, close + b, rows, kept, guessB, out + b);
  mend(high + c, low + c, close + c, rows, kept, guessC, out + c);
  mend(high + d, low + d, close + d, rows, kept, guessD, out + d);
}

/** Computes a segment again, until its answers are those that the guess has led to. */
function mend(
  high: usize,
  low: usize,
  close: usize,
  rows: i32,
  kept: f64,
  guess: f64,
  out: usize,
): void {
  const share = 1.0 - kept;
  let average = load<f64>(out - 8);
  if (isSame(average, guess)) return;
  for (let i = 0; i < rows; i++) {
    const range = trueRange(at(high, i), at(low, i), at(close, i - 1));
    average = Fma.decay(kept, share, average, share * range);
    if (isSame(average, at(out, i))) return;
    put(out, i, average);
  }
}
