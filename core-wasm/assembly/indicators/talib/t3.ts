import { Fma, fma, fmaPair } from "../shared/fma";
import { Lanes } from "../shared/lanes";
import { at, fillNan, put } from "./shared/ta";
import { runTwoPlaces } from "./shared/two_places";

/** Six averages in a row, each seeded with the mean of the first period of the one before. Scratch: two states, run. */
export function talibT3(
  n: i32,
  real: usize,
  timeperiod: i32,
  vfactor: f64,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 1) return 1;
  if (timeperiod === 1) {
    memory.copy(out, real, <usize> n << 3);
    return 0;
  }
  const lookback = 6 * (timeperiod - 1);
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  const k = 2.0 / (f64(timeperiod) + 1.0);
  const kept = 1.0 - k;
  const lost = 1.0 - kept;
  const divisor = f64(timeperiod);
  let total = load<f64>(real);
  for (let i = 1; i < timeperiod; i++) total += at(real, i);
  let e1 = total / divisor;
  let e2 = 0.0;
  let e3 = 0.0;
  let e4 = 0.0;
  let e5 = 0.0;
  let e6 = 0.0;
  total = e1;
  /** How many averages run already; the next one gathers its seed. */
  let running = 1;
  let gathered = 1;
  let i = timeperiod;
  for (; i < n && running < 6; i++) {
    e1 = Fma.decay(kept, lost, e1, k * at(real, i));
    let last = e1;
    if (running >= 2) last = e2 = Fma.decay(kept, lost, e2, k * e1);
    if (running >= 3) last = e3 = Fma.decay(kept, lost, e3, k * e2);
    if (running >= 4) last = e4 = Fma.decay(kept, lost, e4, k * e3);
    if (running >= 5) last = e5 = Fma.decay(kept, lost, e5, k * e4);
    total += last;
    gathered++;
    if (gathered < timeperiod) continue;
    total /= divisor;
    running++;
    gathered = 1;
    if (running === 2) e2 = total;
    else if (running === 3) e3 = total;
    else if (running === 4) e4 = total;
    else if (running === 5) e5 = total;
    else e6 = total;
  }
  const run = changetype<Run>(scratch + 2 * STATE_BYTES);
  weigh(run, vfactor);
  run.kept = kept;
  run.added = k;
  run.real = real;
  run.out = out;
  const tail = Fma.free(run.c3, e4, Fma.free(run.c1, e6, run.c2 * e5));
  put(out, i - 1, Fma.free(run.c4, e3, tail));
  v128.store(scratch, f64x2.splat(e1));
  v128.store(scratch, f64x2.splat(e2), 16);
  v128.store(scratch, f64x2.splat(e3), 32);
  v128.store(scratch, f64x2.splat(e4), 48);
  v128.store(scratch, f64x2.splat(e5), 64);
  v128.store(scratch, f64x2.splat(e6), 80);
  runTwoPlaces<Run>(changetype<usize>(run), i, n, k / 6.0, scratch, STATE_BYTES);
  return 0;
}

const STATE_BYTES: usize = 6 * 16;

/** Rows that all six averages have. */
class Run {
  kept: f64;
  added: f64;
  c1: f64;
  c2: f64;
  c3: f64;
  c4: f64;
  real: usize;
  out: usize;

  advance(run: usize, from: i32, to: i32, apart: usize, state: usize): void {
    advance(changetype<Run>(run), from, to, apart, state);
  }
}

/** How much of the last four averages the answer takes. */
function weigh(run: Run, vfactor: f64): void {
  const square = vfactor * vfactor;
  const c1 = -(square * vfactor);
  run.c1 = c1;
  run.c2 = 3.0 * (square - c1);
  run.c3 = -6.0 * square - 3.0 * (vfactor - c1);
  run.c4 = fma(3.0, square, fma(3.0, vfactor, 1.0) - c1);
}

function advance(run: Run, from: i32, to: i32, apart: usize, state: usize): void {
  const kept = f64x2.splat(run.kept);
  const high = f64x2.splat(Fma.high(run.kept));
  const low = f64x2.splat(run.kept - Fma.high(run.kept));
  const added = f64x2.splat(run.added);
  const c1 = f64x2.splat(run.c1);
  const c2 = f64x2.splat(run.c2);
  const c3 = f64x2.splat(run.c3);
  const c4 = f64x2.splat(run.c4);
  const real = run.real;
  const out = run.out;
  let e1 = v128.load(state);
  let e2 = v128.load(state, 16);
  let e3 = v128.load(state, 32);
  let e4 = v128.load(state, 48);
  let e5 = v128.load(state, 64);
  let e6 = v128.load(state, 80);
  for (let i = <usize> from << 3, end = <usize> to << 3; i < end; i += 8) {
    e1 = Fma.keeps(e1, kept, high, low, f64x2.mul(added, Lanes.load(real, real + apart, i)));
    e2 = Fma.keeps(e2, kept, high, low, f64x2.mul(added, e1));
    e3 = Fma.keeps(e3, kept, high, low, f64x2.mul(added, e2));
    e4 = Fma.keeps(e4, kept, high, low, f64x2.mul(added, e3));
    e5 = Fma.keeps(e5, kept, high, low, f64x2.mul(added, e4));
    e6 = Fma.keeps(e6, kept, high, low, f64x2.mul(added, e5));
    const tail = fmaPair(c3, e4, fmaPair(c1, e6, f64x2.mul(c2, e5)));
    Lanes.store(out, out + apart, i, fmaPair(c4, e3, tail));
  }
  v128.store(state, e1);
  v128.store(state, e2, 16);
  v128.store(state, e3, 32);
  v128.store(state, e4, 48);
  v128.store(state, e5, 64);
  v128.store(state, e6, 80);
}
