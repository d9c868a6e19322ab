import { columnSub } from "../column/arithmetic";
import { pairs2 } from "../column/shared/map";
import { fmaPair } from "../shared/fma";
import { Lanes } from "../shared/lanes";
import { meanOfFirst } from "./ema";
import { fillNan, put } from "./shared/ta";
import { runTwoPlaces } from "./shared/two_places";

class Growth {
  pair(now: v128, before: v128): v128 {
    const grown = f64x2.div(f64x2.sub(now, before), before);
    const percent = f64x2.mul(f64x2.splat(100.0), grown);
    return v128.and(percent, f64x2.ne(before, f64x2.splat(0.0)));
  }
}

/** The change of the averaged range in percent. Scratch: a column, states, run. */
export function talibCvi(
  n: i32,
  high: usize,
  low: usize,
  timeperiod: i32,
  rocperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  if (rocperiod < 1) return 2;
  const lookback = timeperiod - 1 + rocperiod;
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  columnSub(timeperiod, high, low, out, 0);
  const first = meanOfFirst(out, timeperiod);
  put(scratch, timeperiod - 1, first);
  const state = scratch + (<usize> n << 3);
  v128.store(state, f64x2.splat(first));
  const run = changetype<Run>(state + 2 * STATE_BYTES);
  run.factor = 2.0 / f64(timeperiod + 1);
  run.high = high;
  run.low = low;
  run.averages = scratch;
  runTwoPlaces<Run>(changetype<usize>(run), timeperiod, n, run.factor, state, STATE_BYTES);
  fillNan(out, n, lookback);
  const now = scratch + (<usize> lookback << 3);
  const before = now - (<usize> rocperiod << 3);
  return pairs2<Growth>(n - lookback, now, before, out + (<usize> lookback << 3));
}

const STATE_BYTES: usize = 16;

class Run {
  factor: f64;
  high: usize;
  low: usize;
  averages: usize;

  advance(run: usize, from: i32, to: i32, apart: usize, state: usize): void {
    advance(changetype<Run>(run), from, to, apart, state);
  }
}

function advance(run: Run, from: i32, to: i32, apart: usize, state: usize): void {
  const factor = f64x2.splat(run.factor);
  const high = run.high;
  const low = run.low;
  const averages = run.averages;
  let average = v128.load(state);
  for (let i = <usize> from << 3, end = <usize> to << 3; i < end; i += 8) {
    const range = f64x2.sub(Lanes.load(high, high + apart, i), Lanes.load(low, low + apart, i));
    average = fmaPair(f64x2.sub(range, average), factor, average);
    Lanes.store(averages, averages + apart, i, average);
  }
  v128.store(state, average);
}
