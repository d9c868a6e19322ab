import { columnSub } from "../column/arithmetic";
import { pairs1 } from "../column/shared/map";
import { Fma } from "../shared/fma";
import { Lanes } from "../shared/lanes";
import { emaOfMoves } from "./ema";
import { at, fillNan, put } from "./shared/ta";
import { runTwoPlaces } from "./shared/two_places";

class Size {
  pair(moves: v128): v128 {
    return f64x2.abs(moves);
  }
}
/** Moves smoothed twice over their sizes smoothed twice. Scratch: two columns, states, run. */
export function talibTsi(
  n: i32,
  real: usize,
  firstperiod: i32,
  secondperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (firstperiod < 2) return 1;
  if (secondperiod < 2) return 2;
  const lookback = firstperiod + secondperiod - 1;
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  const rows = lookback + 1;
  const once = scratch;
  const twice = scratch + (<usize> n << 3);
  const state = twice + (<usize> n << 3);
  const first = <usize> firstperiod << 3;
  columnSub(rows - 1, real + 8, real, out + 8, 0);
  for (let line: usize = 0; line < 32; line += 16) {
    if (line > 0) pairs1<Size>(rows - 1, out + 8, out + 8);
    emaOfMoves(rows - 1, out + 8, firstperiod, once + 8);
    emaOfMoves(rows - firstperiod, once + first, secondperiod, twice + first);
    v128.store(state + line, f64x2.splat(at(once, lookback)));
    v128.store(state + line, f64x2.splat(at(twice, lookback)), 32);
  }
  const value = shares(v128.load(state, 32), v128.load(state, 48));
  fillNan(out, n, lookback);
  put(out, lookback, f64x2.extract_lane(value, 0));
  const run = changetype<Run>(state + 2 * STATE_BYTES);
  run.first = 2.0 / f64(firstperiod + 1);
  run.second = 2.0 / f64(secondperiod + 1);
  run.real = real;
  run.out = out;
  const share = 1.0 / (1.0 / run.first + 1.0 / run.second);
  runTwoPlaces<Run>(changetype<usize>(run), rows, n, share, state, STATE_BYTES);
  return 0;
}

function shares(moves: v128, sizes: v128): v128 {
  const found = f64x2.div(f64x2.mul(f64x2.splat(100.0), moves), sizes);
  return v128.and(found, f64x2.gt(sizes, f64x2.splat(0.0)));
}

/** The once and twice smoothed moves and sizes. */
const STATE_BYTES: usize = 4 * 16;

class Run {
  first: f64;
  second: f64;
  real: usize;
  out: usize;

  advance(run: usize, from: i32, to: i32, apart: usize, state: usize): void {
    advance(changetype<Run>(run), from, to, apart, state);
  }
}

function advance(run: Run, from: i32, to: i32, apart: usize, state: usize): void {
  const firstFactor = f64x2.splat(run.first);
  const secondFactor = f64x2.splat(run.second);
  const firstHigh = f64x2.splat(Fma.high(run.first));
  const firstLow = f64x2.splat(run.first - Fma.high(run.first));
  const secondHigh = f64x2.splat(Fma.high(run.second));
  const secondLow = f64x2.splat(run.second - Fma.high(run.second));
  const real = run.real;
  const out = run.out;
  let moves = v128.load(state);
  let sizes = v128.load(state, 16);
  let movesTwice = v128.load(state, 32);
  let sizesTwice = v128.load(state, 48);
  for (let i = <usize> from << 3, end = <usize> to << 3; i < end; i += 8) {
    const before = Lanes.load(real, real + apart, i - 8);
    const move = f64x2.sub(Lanes.load(real, real + apart, i), before);
    const size = f64x2.abs(move);
    moves = Fma.halves(f64x2.sub(move, moves), firstFactor, firstHigh, firstLow, moves);
    sizes = Fma.halves(f64x2.sub(size, sizes), firstFactor, firstHigh, firstLow, sizes);
    const away = f64x2.sub(moves, movesTwice);
    movesTwice = Fma.halves(away, secondFactor, secondHigh, secondLow, movesTwice);
    const awaySizes = f64x2.sub(sizes, sizesTwice);
    sizesTwice = Fma.halves(awaySizes, secondFactor, secondHigh, secondLow, sizesTwice);
    Lanes.store(out, out + apart, i, shares(movesTwice, sizesTwice));
  }
  v128.store(state, moves);
  v128.store(state, sizes, 16);
  v128.store(state, movesTwice, 32);
  v128.store(state, sizesTwice, 48);
}
