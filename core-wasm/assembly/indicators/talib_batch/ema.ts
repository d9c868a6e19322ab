import { Fma } from "../shared/fma";
import { continueEma, talibEma } from "../talib/ema";
import { at } from "../talib/shared/ta";
import { Lanes } from "../shared/lanes";
import { fewestRows, Job, JOB_BYTES, jobAt, longestPeriod, shortestPeriod } from "./shared/jobs";

export function talibEmaBatch(jobs: usize, count: i32): i32 {
  let i = 0;
  for (; i + 4 <= count; i += 4) four(jobs + <usize> i * JOB_BYTES);
  for (; i < count; i++) one(jobAt(jobs, i), jobAt(jobs, i).rows);
  return 0;
}

/** The first `rows` rows of a job. */
function one(job: Job, rows: i32): void {
  talibEma(rows, job.first, job.period, job.out, 0);
}

function four(jobs: usize): void {
  const start = longestPeriod(jobs);
  const rows = fewestRows(jobs);
  if (rows <= start || shortestPeriod(jobs) < 2) {
    for (let i = 0; i < 4; i++) one(jobAt(jobs, i), jobAt(jobs, i).rows);
    return;
  }
  for (let i = 0; i < 4; i++) one(jobAt(jobs, i), start);
  const a = jobAt(jobs, 0);
  const b = jobAt(jobs, 1);
  const c = jobAt(jobs, 2);
  const d = jobAt(jobs, 3);
  const factorsAb = Lanes.both(2.0 / f64(a.period + 1), 2.0 / f64(b.period + 1));
  const factorsCd = Lanes.both(2.0 / f64(c.period + 1), 2.0 / f64(d.period + 1));
  let ab = Lanes.both(at(a.out, start - 1), at(b.out, start - 1));
  let cd = Lanes.both(at(c.out, start - 1), at(d.out, start - 1));
  const inA = a.first;
  const outA = a.out;
  const inB = b.first;
  const outB = b.out;
  const inC = c.first;
  const outC = c.out;
  const inD = d.first;
  const outD = d.out;
  for (let i: usize = <usize> start << 3, end = <usize> rows << 3; i < end; i += 8) {
    ab = Fma.pair(f64x2.sub(Lanes.load(inA, inB, i), ab), factorsAb, ab);
    cd = Fma.pair(f64x2.sub(Lanes.load(inC, inD, i), cd), factorsCd, cd);
    Lanes.store(outA, outB, i, ab);
    Lanes.store(outC, outD, i, cd);
  }
  for (let i = 0; i < 4; i++) {
    const job = jobAt(jobs, i);
    continueEma(job.rows, job.first, rows, 2.0 / f64(job.period + 1), job.out);
  }
}
