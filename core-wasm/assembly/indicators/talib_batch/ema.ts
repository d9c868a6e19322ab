import { ABOVE, BELOW, Fma } from "../shared/fma";
import {
  fewestRows,
  Job,
  JOB_BYTES,
  jobAt,
  longestPeriod,
  shortestPeriod,
  swapJobs,
} from "../shared/jobs";
import { Lanes } from "../shared/lanes";
import { continueEma, talibEma } from "../talib/ema";
import { at } from "../talib/shared/ta";
import { isQuickAlone } from "./shared/long";

export function talibEmaBatch(jobs: usize, count: i32): i32 {
  gather(jobs, count);
  let i = 0;
  for (; i + 4 <= count; i += 4) four(jobs + <usize> i * JOB_BYTES);
  for (; i < count; i++) one(jobAt(jobs, i), jobAt(jobs, i).rows);
  return 0;
}

/**
 * Moves the factors that make many ties behind the others, so that they delay only each other. An even
 * part of a distance is often half a unit, which takes the exact path.
 */
function gather(jobs: usize, count: i32): void {
  let plain = 0;
  for (let i = 0; i < count; i++) {
    const period = jobAt(jobs, i).period;
    if (period < 2 || ((period & 3) === 3 && !isPower(period + 1))) continue;
    swapJobs(jobs, plain, i);
    plain++;
  }
}

function isPower(value: i32): bool {
  return (value & (value - 1)) === 0;
}

/** The first `rows` rows of a job. */
function one(job: Job, rows: i32): void {
  talibEma(rows, job.input0, job.period, job.out, 0);
}

function factorOf(job: Job): f64 {
  return 2.0 / f64(job.period + 1);
}

/** The factor times `by`; a power of two makes exact products, which need no bounds. */
function boundOf(job: Job, by: f64): f64 {
  return isPower(job.period + 1) ? factorOf(job) : factorOf(job) * by;
}

function four(jobs: usize): void {
  const start = longestPeriod(jobs);
  const rows = fewestRows(jobs);
  const a = jobAt(jobs, 0), b = jobAt(jobs, 1), c = jobAt(jobs, 2), d = jobAt(jobs, 3);
  const isLong = isQuickAlone(rows - start, 2.0 / f64(start + 1));
  if (isLong || rows <= start || shortestPeriod(jobs) < 2) {
    for (let i = 0; i < 4; i++) one(jobAt(jobs, i), jobAt(jobs, i).rows);
    return;
  }
  for (let i = 0; i < 4; i++) one(jobAt(jobs, i), start);
  const factorsAb = Lanes.both(factorOf(a), factorOf(b));
  const factorsCd = Lanes.both(factorOf(c), factorOf(d));
  const aboveAb = Lanes.both(boundOf(a, ABOVE), boundOf(b, ABOVE));
  const aboveCd = Lanes.both(boundOf(c, ABOVE), boundOf(d, ABOVE));
  const belowAb = Lanes.both(boundOf(a, BELOW), boundOf(b, BELOW));
  const belowCd = Lanes.both(boundOf(c, BELOW), boundOf(d, BELOW));
  let ab = Lanes.both(at(a.out, start - 1), at(b.out, start - 1));
  let cd = Lanes.both(at(c.out, start - 1), at(d.out, start - 1));
  const inA = a.input0, inB = b.input0, inC = c.input0, inD = d.input0;
  const outA = a.out, outB = b.out, outC = c.out, outD = d.out;
  for (let i: usize = <usize> start << 3, end = <usize> rows << 3; i < end; i += 8) {
    const awayAb = f64x2.sub(Lanes.load(inA, inB, i), ab);
    const awayCd = f64x2.sub(Lanes.load(inC, inD, i), cd);
    let nextAb = f64x2.add(ab, f64x2.mul(awayAb, aboveAb));
    let nextCd = f64x2.add(cd, f64x2.mul(awayCd, aboveCd));
    const doubtAb = f64x2.ne(nextAb, f64x2.add(ab, f64x2.mul(awayAb, belowAb)));
    const doubtCd = f64x2.ne(nextCd, f64x2.add(cd, f64x2.mul(awayCd, belowCd)));
    if (v128.any_true(v128.or(doubtAb, doubtCd))) {
      if (v128.any_true(doubtAb)) nextAb = settle(awayAb, factorsAb, ab);
      if (v128.any_true(doubtCd)) nextCd = settle(awayCd, factorsCd, cd);
    }
    ab = nextAb;
    cd = nextCd;
    Lanes.store(outA, outB, i, ab);
    Lanes.store(outC, outD, i, cd);
  }
  for (let i = 0; i < 4; i++) {
    const job = jobAt(jobs, i);
    continueEma(job.rows, job.input0, rows, factorOf(job), job.out);
  }
}

/** As a function, for it is rare. */
function settle(a: v128, b: v128, c: v128): v128 {
  return Fma.freePair(a, b, c);
}
