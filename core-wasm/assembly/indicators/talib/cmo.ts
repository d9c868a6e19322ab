import { Lanes } from "../shared/lanes";
import { at, fillNan, put } from "./shared/ta";
import { runTwoPlaces } from "./shared/two_places";

/** Wilder's averages of gain and loss, their difference over their sum. Scratch: two states, run. */
export function talibCmo(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 2) return 1;
  fillNan(out, n, timeperiod);
  if (n <= timeperiod) return 0;
  let gain = 0.0;
  let loss = 0.0;
  for (let i = 1; i <= timeperiod; i++) {
    const change = at(real, i) - at(real, i - 1);
    if (change < 0.0) loss -= change;
    else gain += change;
  }
  const period = f64(timeperiod);
  const gains = f64x2.splat(gain / period);
  const losses = f64x2.splat(loss / period);
  v128.store(scratch, gains);
  v128.store(scratch, losses, 16);
  put(out, timeperiod, f64x2.extract_lane(balance(gains, losses), 0));
  const run = changetype<Run>(scratch + 2 * STATE_BYTES);
  run.period = period;
  run.real = real;
  run.out = out;
  const share = 1.0 / period;
  runTwoPlaces<Run>(changetype<usize>(run), timeperiod + 1, n, share, scratch, STATE_BYTES);
  return 0;
}

const STATE_BYTES: usize = 2 * 16;

class Run {
  period: f64;
  real: usize;
  out: usize;

  advance(run: usize, from: i32, to: i32, apart: usize, state: usize): void {
    advance(changetype<Run>(run), from, to, apart, state);
  }
}

function advance(run: Run, from: i32, to: i32, apart: usize, state: usize): void {
  const period = f64x2.splat(run.period);
  const kept = f64x2.splat(run.period - 1.0);
  const real = run.real;
  const out = run.out;
  let gains = v128.load(state);
  let losses = v128.load(state, 16);
  for (let i = <usize> from << 3, end = <usize> to << 3; i < end; i += 8) {
    const before = Lanes.load(real, real + apart, i - 8);
    const change = f64x2.sub(Lanes.load(real, real + apart, i), before);
    const isLoss = f64x2.lt(change, f64x2.splat(0.0));
    const gain = v128.andnot(change, isLoss);
    const loss = v128.and(f64x2.neg(change), isLoss);
    gains = f64x2.div(f64x2.add(f64x2.mul(gains, kept), gain), period);
    losses = f64x2.div(f64x2.add(f64x2.mul(losses, kept), loss), period);
    Lanes.store(out, out + apart, i, balance(gains, losses));
  }
  v128.store(state, gains);
  v128.store(state, losses, 16);
}

/** Without any movement the answer is 0. */
function balance(gains: v128, losses: v128): v128 {
  const total = f64x2.add(gains, losses);
  const share = f64x2.div(f64x2.sub(gains, losses), total);
  const percent = f64x2.mul(f64x2.splat(100.0), share);
  return v128.and(percent, f64x2.gt(total, f64x2.splat(0.0)));
}
