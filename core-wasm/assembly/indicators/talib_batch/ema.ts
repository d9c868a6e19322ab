import { Fma } from "../shared/fma";
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
    if (period < 2 || (period & 3) === 3) continue;
    swapJobs(jobs, plain, i);
    plain++;
  }
}

/** The first `rows` rows of a job. */
function one(job: Job, rows: i32): void {
  talibEma(rows, job.input0, job.period, job.out, 0);
}

function factorOf(job: Job): f64 {
  return 2.0 / f64(job.period + 1);
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
  let ab = Lanes.both(at(a.out, start - 1), at(b.out, start - 1));
  let cd = Lanes.both(at(c.out, start - 1), at(d.out, start - 1));
  const inA = a.input0, inB = b.input0, inC = c.input0, inD = d.input0;
  const outA = a.out, outB = b.out, outC = c.out, outD = d.out;
  for (let i: usize = <usize> start << 3, end = <usize> rows << 3; i < end; i += 8) {
    ab = Fma.pair(f64x2.sub(Lanes.load(inA, inB, i), ab), factorsAb, ab);
    cd = Fma.pair(f64x2.sub(Lanes.load(inC, inD, i), cd), factorsCd, cd);
    Lanes.store(outA, outB, i, ab);
    Lanes.store(outC, outD, i, cd);
  }
  for (let i = 0; i < 4; i++) {
    const job = jobAt(jobs, i);
    continueEma(job.rows, job.input0, rows, factorOf(job), job.out);
  }
}
