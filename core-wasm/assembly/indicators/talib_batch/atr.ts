import { Fma } from "../shared/fma";
import { continueAtr, talibAtr } from "../talib/atr";
import { at } from "../talib/shared/ta";
import { Lanes } from "../shared/lanes";
import { TrueRange } from "../talib/shared/true_range";
import { fewestRows, Job, JOB_BYTES, jobAt, longestPeriod } from "../shared/jobs";
import { isQuickAlone } from "./shared/long";

export function talibAtrBatch(jobs: usize, count: i32): i32 {
  let i = 0;
  for (; i + 4 <= count; i += 4) four(jobs + <usize> i * JOB_BYTES);
  for (; i < count; i++) one(jobAt(jobs, i), jobAt(jobs, i).rows);
  return 0;
}

/** The first `rows` rows of a job. */
function one(job: Job, rows: i32): void {
  talibAtr(rows, job.input0, job.input1, job.input2, job.period, job.out, 0);
}

function four(jobs: usize): void {
  const start = longestPeriod(jobs) + 1;
  const rows = fewestRows(jobs);
  if (rows <= start || isQuickAlone(rows - start, 1.0 / f64(start - 1))) {
    for (let i = 0; i < 4; i++) one(jobAt(jobs, i), jobAt(jobs, i).rows);
    return;
  }
  for (let i = 0; i < 4; i++) one(jobAt(jobs, i), start);
  const a = jobAt(jobs, 0);
  const b = jobAt(jobs, 1);
  const c = jobAt(jobs, 2);
  const d = jobAt(jobs, 3);
  const keptAb = Lanes.both(keptOf(a), keptOf(b));
  const keptCd = Lanes.both(keptOf(c), keptOf(d));
  const sharesAb = f64x2.sub(f64x2.splat(1.0), keptAb);
  const sharesCd = f64x2.sub(f64x2.splat(1.0), keptCd);
  let ab = Lanes.both(at(a.out, start - 1), at(b.out, start - 1));
  let cd = Lanes.both(at(c.out, start - 1), at(d.out, start - 1));
  const highA = a.input0;
  const lowA = a.input1;
  const closeA = a.input2;
  const outA = a.out;
  const highB = b.input0;
  const lowB = b.input1;
  const closeB = b.input2;
  const outB = b.out;
  const highC = c.input0;
  const lowC = c.input1;
  const closeC = c.input2;
  const outC = c.out;
  const highD = d.input0;
  const lowD = d.input1;
  const closeD = d.input2;
  const outD = d.out;
  for (let i: usize = <usize> start << 3, end = <usize> rows << 3; i < end; i += 8) {
    const rangesAb = TrueRange.both(highA, highB, lowA, lowB, closeA, closeB, i);
    const rangesCd = TrueRange.both(highC, highD, lowC, lowD, closeC, closeD, i);
    ab = Fma.freePair(ab, keptAb, f64x2.mul(sharesAb, rangesAb));
    cd = Fma.freePair(cd, keptCd, f64x2.mul(sharesCd, rangesCd));
    Lanes.store(outA, outB, i, ab);
    Lanes.store(outC, outD, i, cd);
  }
  for (let i = 0; i < 4; i++) {
    const job = jobAt(jobs, i);
    continueAtr(job.rows, job.input0, job.input1, job.input2, job.period, rows, job.out);
  }
}

function keptOf(job: Job): f64 {
  return f64(job.period - 1) / f64(job.period);
}
