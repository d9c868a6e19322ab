import { fewestRows, Job, JOB_BYTES, jobAt, scratchOf, shortestPeriod } from "../shared/jobs";
import { Lanes } from "../shared/lanes";
import { rollSums, RunningSum } from "../window/rolling_sum";
import { refusedJob, wholeWindowsFrom } from "./shared/whole";

export function windowRollingSumBatch(jobs: usize, count: i32): i32 {
  return inFours<Sum>(jobs, count);
}

export function windowRollingMeanBatch(jobs: usize, count: i32): i32 {
  return inFours<Mean>(jobs, count);
}

/** What a row shows of its total; `same` marks windows of one repeated value, which is `newest`. */
class Sum {
  isMean(): bool {
    return false;
  }
  count(negative: v128, entering: v128, leaving: v128): v128 {
    return negative;
  }
  value(total: v128, widths: v128, newest: v128, same: v128, negative: v128, rows: v128): v128 {
    return v128.bitselect(f64x2.mul(newest, widths), total, same);
  }
}
class Mean {
  isMean(): bool {
    return true;
  }
  /** Values below zero, minus zero among them. */
  count(negative: v128, entering: v128, leaving: v128): v128 {
    return i64x2.sub(i64x2.add(negative, i64x2.shr_u(entering, 63)), i64x2.shr_u(leaving, 63));
  }
  /** Rounding may not push the mean of values of one sign across zero. */
  value(total: v128, widths: v128, newest: v128, same: v128, negative: v128, rows: v128): v128 {
    const zero = f64x2.splat(0.0);
    const mean = f64x2.div(total, widths);
    const above = v128.and(i64x2.eq(negative, i64x2.splat(0)), f64x2.lt(mean, zero));
    const below = v128.and(i64x2.eq(negative, rows), f64x2.gt(mean, zero));
    return v128.bitselect(newest, v128.andnot(mean, v128.or(above, below)), same);
  }
}

function inFours<Op>(jobs: usize, count: i32): i32 {
  const refused = refusedJob(jobs, count);
  if (refused > 0) return refused;
  const states = scratchOf(jobs, count);
  let i = 0;
  for (; i + 4 <= count; i += 4) four<Op>(jobs + <usize> i * JOB_BYTES, states);
  for (; i < count; i++) roll<Op>(jobAt(jobs, i), jobAt(jobs, i).rows, 0, 0);
  return 0;
}

/** The job's rows from `from` to `to`. */
function roll<Op>(job: Job, to: i32, from: i32, state: usize): void {
  if (to <= from) return;
  const isMean = changetype<Op>(0).isMean();
  rollSums(to, job.input0, job.period, job.second, isMean, from, state, job.out);
}

function four<Op>(jobs: usize, states: usize): void {
  const rows = fewestRows(jobs);
  const start = shortestPeriod(jobs) < 2 ? rows : min<i32>(rows, wholeWindowsFrom(jobs));
  const size = offsetof<RunningSum>();
  for (let i = 0; i < 4; i++) roll<Op>(jobAt(jobs, i), start, 0, states + <usize> i * size);
  if (rows > start) interleave<Op>(jobs, states, start, rows);
  for (let i = 0; i < 4; i++) {
    const job = jobAt(jobs, i);
    roll<Op>(job, job.rows, rows, states + <usize> i * size);
  }
}

/** Rows in whose windows every value is finite, and was in the row before. */
function interleave<Op>(jobs: usize, states: usize, start: i32, rows: i32): void {
  const op = changetype<Op>(0);
  const a = jobAt(jobs, 0);
  const b = jobAt(jobs, 1);
  const c = jobAt(jobs, 2);
  const d = jobAt(jobs, 3);
  const size = offsetof<RunningSum>();
  const stateC = states + 2 * size;
  let totalAb = Lanes.load(states, states + size, 0);
  let totalCd = Lanes.load(stateC, stateC + size, 0);
  let addedAb = Lanes.load(states, states + size, 8);
  let addedCd = Lanes.load(stateC, stateC + size, 8);
  let removedAb = Lanes.load(states, states + size, 16);
  let removedCd = Lanes.load(stateC, stateC + size, 16);
  let sameAb = Lanes.both(repeated(a, start), repeated(b, start));
  let sameCd = Lanes.both(repeated(c, start), repeated(d, start));
  let negativeAb = pairOf(negatives(a, start), negatives(b, start));
  let negativeCd = pairOf(negatives(c, start), negatives(d, start));
  const rowsAb = pairOf(a.period, b.period);
  const rowsCd = pairOf(c.period, d.period);
  const widthsAb = Lanes.both(f64(a.period), f64(b.period));
  const widthsCd = Lanes.both(f64(c.period), f64(d.period));
  const inA = a.input0, inB = b.input0, inC = c.input0, inD = d.input0;
  const oldA = oldest(a), oldB = oldest(b), oldC = oldest(c), oldD = oldest(d);
  const outA = a.out, outB = b.out, outC = c.out, outD = d.out;
  const one = f64x2.splat(1.0);
  for (let i: usize = <usize> start << 3, end = <usize> rows << 3; i < end; i += 8) {
    const leavingAb = Lanes.load(oldA, oldB, i);
    const leavingCd = Lanes.load(oldC, oldD, i);
    let stepAb = f64x2.sub(f64x2.neg(leavingAb), removedAb);
    let stepCd = f64x2.sub(f64x2.neg(leavingCd), removedCd);
    const lessAb = f64x2.add(totalAb, stepAb);
    const lessCd = f64x2.add(totalCd, stepCd);
    removedAb = f64x2.sub(f64x2.sub(lessAb, totalAb), stepAb);
    removedCd = f64x2.sub(f64x2.sub(lessCd, totalCd), stepCd);
    const enteringAb = Lanes.load(inA, inB, i);
    const enteringCd = Lanes.load(inC, inD, i);
    stepAb = f64x2.sub(enteringAb, addedAb);
    stepCd = f64x2.sub(enteringCd, addedCd);
    totalAb = f64x2.add(lessAb, stepAb);
    totalCd = f64x2.add(lessCd, stepCd);
    addedAb = f64x2.sub(f64x2.sub(totalAb, lessAb), stepAb);
    addedCd = f64x2.sub(f64x2.sub(totalCd, lessCd), stepCd);
    const isSameAb = f64x2.eq(enteringAb, Lanes.load(inA, inB, i - 8));
    const isSameCd = f64x2.eq(enteringCd, Lanes.load(inC, inD, i - 8));
    sameAb = f64x2.add(v128.and(sameAb, isSameAb), one);
    sameCd = f64x2.add(v128.and(sameCd, isSameCd), one);
    negativeAb = op.count(negativeAb, enteringAb, leavingAb);
    negativeCd = op.count(negativeCd, enteringCd, leavingCd);
    const flatAb = f64x2.ge(sameAb, widthsAb);
    const flatCd = f64x2.ge(sameCd, widthsCd);
    const valueAb = op.value(totalAb, widthsAb, enteringAb, flatAb, negativeAb, rowsAb);
    const valueCd = op.value(totalCd, widthsCd, enteringCd, flatCd, negativeCd, rowsCd);
    Lanes.store(outA, outB, i, valueAb);
    Lanes.store(outC, outD, i, valueCd);
  }
  store2(states, size, 0, totalAb, totalCd);
  store2(states, size, 8, addedAb, addedCd);
  store2(states, size, 16, removedAb, removedCd);
}

/** Puts one quantity of four states back. */
function store2(states: usize, size: usize, place: usize, ab: v128, cd: v128): void {
  Lanes.store(states, states + size, place, ab);
  Lanes.store(states + 2 * size, states + 3 * size, place, cd);
}

function pairOf(first: i32, second: i32): v128 {
  return i64x2.replace_lane(i64x2.splat(i64(first)), 1, i64(second));
}

/** How many rows before `row` repeat the last of them, up to a window. */
function repeated(job: Job, row: i32): f64 {
  const last = load<f64>(job.input0 + (<usize> (row - 1) << 3));
  let count = 0;
  while (count < job.period && load<f64>(job.input0 + (<usize> (row - 1 - count) << 3)) === last) {
    count++;
  }
  return f64(count);
}

function negatives(job: Job, row: i32): i32 {
  let count = 0;
  for (let i = row - job.period; i < row; i++) {
    count += i32(load<i64>(job.input0 + (<usize> i << 3)) < 0);
  }
  return count;
}

/** Where the row that leaves the window lies, from the row's own offset. */
function oldest(job: Job): usize {
  return job.input0 - (<usize> job.period << 3);
}
