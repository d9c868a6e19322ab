/** Three exponential averages, each of the one before, over rows that all three have. */
import { Fma } from "../../shared/fma";
import { Lanes } from "../../shared/lanes";
import { runTwoPlaces } from "./two_places";

const STATE_BYTES: usize = 3 * 16;

/** Scratch of `continueTriple`: a state, its guess and the run. */
export const TRIPLE_BYTES: usize = 2 * STATE_BYTES + 16;

class Run {
  factor: f64;
  real: usize;
  out: usize;
}

/** What an answer is made of; `before` is the third average of the row before. */
export class Tema {
  advance(run: usize, from: i32, to: i32, apart: usize, state: usize): void {
    advance<Tema>(changetype<Run>(run), from, to, apart, state);
  }
  // @ts-ignore: decorator
  @inline
  value(first: v128, second: v128, third: v128, before: v128): v128 {
    const three = f64x2.splat(3.0);
    return f64x2.add(third, f64x2.sub(f64x2.mul(three, first), f64x2.mul(three, second)));
  }
}

export class Trix {
  advance(run: usize, from: i32, to: i32, apart: usize, state: usize): void {
    advance<Trix>(changetype<Run>(run), from, to, apart, state);
  }
  // @ts-ignore: decorator
  @inline
  value(first: v128, second: v128, third: v128, before: v128): v128 {
    const grown = f64x2.sub(f64x2.div(third, before), f64x2.splat(1.0));
    const percent = f64x2.mul(grown, f64x2.splat(100.0));
    return v128.and(percent, f64x2.ne(before, f64x2.splat(0.0)));
  }
}

/** Rows from `from` on; the averages are those of the row before. */
export function continueTriple<Kind>(
  n: i32,
  real: usize,
  from: i32,
  factor: f64,
  first: f64,
  second: f64,
  third: f64,
  out: usize,
  state: usize,
): void {
  v128.store(state, f64x2.splat(first));
  v128.store(state, f64x2.splat(second), 16);
  v128.store(state, f64x2.splat(third), 32);
  const run = changetype<Run>(state + 2 * STATE_BYTES);
  run.factor = factor;
  run.real = real;
  run.out = out;
  runTwoPlaces<Kind>(changetype<usize>(run), from, n, factor / 3.0, state, STATE_BYTES);
}

function advance<Kind>(run: Run, from: i32, to: i32, apart: usize, state: usize): void {
  const factor = f64x2.splat(run.factor);
  const real = run.real;
  const out = run.out;
  let first = v128.load(state);
  let second = v128.load(state, 16);
  let third = v128.load(state, 32);
  for (let i = <usize> from << 3, end = <usize> to << 3; i < end; i += 8) {
    const before = third;
    first = Fma.pair(f64x2.sub(Lanes.load(real, real + apart, i), first), factor, first);
    second = Fma.pair(f64x2.sub(first, second), factor, second);
    third = Fma.pair(f64x2.sub(second, third), factor, third);
    const value = changetype<Kind>(0).value(first, second, third, before);
    Lanes.store(out, out + apart, i, value);
  }
  v128.store(state, first);
  v128.store(state, second, 16);
  v128.store(state, third, 32);
}
