import { fewestRows, Job, JOB_BYTES, jobAt, scratchOf, shortestPeriod } from "../shared/jobs";
import { Lanes } from "../shared/lanes";
import { LOST, rollVariances, RunningVariance } from "../window/rolling_var";
import { refusedJob, wholeWindowsFrom } from "./shared/whole";

export function windowRollingStdBatch(jobs: usize, count: i32): i32 {
  const refused = refusedJob(jobs, count);
  if (refused > 0) return refused;
  const states = scratchOf(jobs, count);
  let i = 0;
  for (; i + 4 <= count; i += 4) four(jobs + <usize> i * JOB_BYTES, states);
  for (; i < count; i++) roll(jobAt(jobs, i), jobAt(jobs, i).rows, 0, 0);
  return 0;
}

/** The job's rows from `from` to `to`. */
function roll(job: Job, to: i32, from: i32, state: usize): void {
  if (to <= from) return;
  rollVariances(to, job.input0, job.period, job.second, job.third, true, from, state, job.out);
}

function four(jobs: usize, states: usize): void {
  const rows = fewestRows(jobs);
  const start = shortestPeriod(jobs) < 2 ? rows : min<i32>(rows, wholeWindowsFrom(jobs));
  for (let i = 0; i < 4; i++) roll(jobAt(jobs, i), start, 0, stateAt(states, i));
  if (rows > start) interleave(jobs, states, start, rows);
  for (let i = 0; i < 4; i++) {
    const job = jobAt(jobs, i);
    roll(job, job.rows, rows, stateAt(states, i));
  }
}

function stateAt(states: usize, job: i32): usize {
  return states + <usize> job * offsetof<RunningVariance>();
}

/** Rows in whose windows every value is finite, and was in the row before. */
function interleave(jobs: usize, states: usize, start: i32, rows: i32): void {
  const a = jobAt(jobs, 0), b = jobAt(jobs, 1), c = jobAt(jobs, 2), d = jobAt(jobs, 3);
  const widthsAb = Lanes.both(f64(a.period), f64(b.period));
  const widthsCd = Lanes.both(f64(c.period), f64(d.period));
  const fewerAb = f64x2.sub(widthsAb, f64x2.splat(1.0));
  const fewerCd = f64x2.sub(widthsCd, f64x2.splat(1.0));
  const divisorsAb = Lanes.both(divisorOf(a), divisorOf(b));
  const divisorsCd = Lanes.both(divisorOf(c), divisorOf(d));
  const inA = a.input0, inB = b.input0, inC = c.input0, inD = d.input0;
  const oldA = oldest(a), oldB = oldest(b), oldC = oldest(c), oldD = oldest(d);
  const outA = a.out, outB = b.out, outC = c.out, outD = d.out;
  const limit = f64x2.splat(LOST);
  let meanAb = Field.ab(states, MEAN), meanCd = Field.cd(states, MEAN);
  let squaresAb = Field.ab(states, SQUARES), squaresCd = Field.cd(states, SQUARES);
  let addedAb = Field.ab(states, ADDED), addedCd = Field.cd(states, ADDED);
  let removedAb = Field.ab(states, REMOVED), removedCd = Field.cd(states, REMOVED);
  for (let i: usize = <usize> start << 3, end = <usize> rows << 3; i < end; i += 8) {
    let valueAb = Lanes.load(oldA, oldB, i), valueCd = Lanes.load(oldC, oldD, i);
    let formerAb = f64x2.sub(meanAb, removedAb), formerCd = f64x2.sub(meanCd, removedCd);
    let stepAb = f64x2.sub(valueAb, removedAb), stepCd = f64x2.sub(valueCd, removedCd);
    let deltaAb = f64x2.sub(stepAb, meanAb), deltaCd = f64x2.sub(stepCd, meanCd);
    removedAb = f64x2.sub(f64x2.add(deltaAb, meanAb), stepAb);
    removedCd = f64x2.sub(f64x2.add(deltaCd, meanCd), stepCd);
    meanAb = f64x2.sub(meanAb, f64x2.div(deltaAb, fewerAb));
    meanCd = f64x2.sub(meanCd, f64x2.div(deltaCd, fewerCd));
    let beforeAb = squaresAb, beforeCd = squaresCd;
    squaresAb = f64x2.sub(squaresAb, Field.area(valueAb, formerAb, meanAb));
    squaresCd = f64x2.sub(squaresCd, Field.area(valueCd, formerCd, meanCd));
    let lostAb = f64x2.gt(f64x2.mul(beforeAb, limit), squaresAb);
    let lostCd = f64x2.gt(f64x2.mul(beforeCd, limit), squaresCd);
    valueAb = Lanes.load(inA, inB, i), valueCd = Lanes.load(inC, inD, i);
    formerAb = f64x2.sub(meanAb, addedAb), formerCd = f64x2.sub(meanCd, addedCd);
    stepAb = f64x2.sub(valueAb, addedAb), stepCd = f64x2.sub(valueCd, addedCd);
    deltaAb = f64x2.sub(stepAb, meanAb), deltaCd = f64x2.sub(stepCd, meanCd);
    addedAb = f64x2.sub(f64x2.add(deltaAb, meanAb), stepAb);
    addedCd = f64x2.sub(f64x2.add(deltaCd, meanCd), stepCd);
    meanAb = f64x2.add(meanAb, f64x2.div(deltaAb, widthsAb));
    meanCd = f64x2.add(meanCd, f64x2.div(deltaCd, widthsCd));
    beforeAb = squaresAb, beforeCd = squaresCd;
    squaresAb = f64x2.add(squaresAb, Field.area(valueAb, formerAb, meanAb));
    squaresCd = f64x2.add(squaresCd, Field.area(valueCd, formerCd, meanCd));
    lostAb = v128.or(lostAb, f64x2.gt(f64x2.mul(beforeAb, limit), squaresAb));
    lostCd = v128.or(lostCd, f64x2.gt(f64x2.mul(beforeCd, limit), squaresCd));
    if (v128.any_true(v128.or(lostAb, lostCd))) {
      Field.store(states, MEAN, meanAb, meanCd), Field.store(states, SQUARES, squaresAb, squaresCd);
      Field.store(states, ADDED, addedAb, addedCd),
        Field.store(states, REMOVED, removedAb, removedCd);
      const lost = i64x2.bitmask(lostAb) | i64x2.bitmask(lostCd) << 2;
      for (let job = 0; job < 4; job++) {
        if ((lost >> job & 1) !== 0) renew(jobAt(jobs, job), i, stateAt(states, job));
      }
      meanAb = Field.ab(states, MEAN), meanCd = Field.cd(states, MEAN);
      squaresAb = Field.ab(states, SQUARES), squaresCd = Field.cd(states, SQUARES);
      addedAb = Field.ab(states, ADDED), addedCd = Field.cd(states, ADDED);
      removedAb = Field.ab(states, REMOVED), removedCd = Field.cd(states, REMOVED);
    }
    Lanes.store(outA, outB, i, Field.root(squaresAb, divisorsAb));
    Lanes.store(outC, outD, i, Field.root(squaresCd, divisorsCd));
  }
  Field.store(states, MEAN, meanAb, meanCd), Field.store(states, SQUARES, squaresAb, squaresCd);
  Field.store(states, ADDED, addedAb, addedCd), Field.store(states, REMOVED, removedAb, removedCd);
}

/** The states lie one after the other; a quantity of all four is two vectors. */
const MEAN: usize = offsetof<RunningVariance>("mean");
const SQUARES: usize = offsetof<RunningVariance>("squares");
const ADDED: usize = offsetof<RunningVariance>("lostAdding");
const REMOVED: usize = offsetof<RunningVariance>("lostRemoving");

class Field {
  // @ts-ignore: decorator
  @inline
  static ab(states: usize, field: usize): v128 {
    return Lanes.load(states, stateAt(states, 1), field);
  }
  // @ts-ignore: decorator
  @inline
  static cd(states: usize, field: usize): v128 {
    return Lanes.load(stateAt(states, 2), stateAt(states, 3), field);
  }
  // @ts-ignore: decorator
  @inline
  static store(states: usize, field: usize, ab: v128, cd: v128): void {
    Lanes.store(states, stateAt(states, 1), field, ab);
    Lanes.store(stateAt(states, 2), stateAt(states, 3), field, cd);
  }
  // @ts-ignore: decorator
  @inline
  static area(value: v128, former: v128, mean: v128): v128 {
    return f64x2.mul(f64x2.sub(value, former), f64x2.sub(value, mean));
  }
  /** Rounding can leave a variance a little below zero; its root is then none. */
  // @ts-ignore: decorator
  @inline
  static root(squares: v128, divisors: v128): v128 {
    const spread = f64x2.div(squares, divisors);
    return f64x2.sqrt(v128.andnot(spread, f64x2.lt(spread, f64x2.splat(0.0))));
  }
}

/** Without more rows than `ddof` there is no deviation. */
function divisorOf(job: Job): f64 {
  return job.period > job.third ? f64(job.period - job.third) : NaN;
}

/** Takes the window that ends at byte `end` afresh. */
function renew(job: Job, end: usize, state: usize): void {
  let observed = 0.0, mean = 0.0, squares = 0.0, lost = 0.0;
  for (let i = end - (<usize> (job.period - 1) << 3); i <= end; i += 8) {
    const entering = load<f64>(job.input0 + i);
    observed += 1.0;
    const former = mean - lost;
    const step = entering - lost;
    const delta = step - mean;
    lost = delta + mean - step;
    mean += delta / observed;
    squares += (entering - former) * (entering - mean);
  }
  const renewed = changetype<RunningVariance>(state);
  renewed.mean = mean;
  renewed.squares = squares;
  renewed.lostAdding = lost;
  renewed.lostRemoving = 0.0;
}

/** Where the row that leaves the window lies, from the row's own offset. */
function oldest(job: Job): usize {
  return job.input0 - (<usize> job.period << 3);
}
