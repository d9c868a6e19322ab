import { continueSma, talibSma, totalOfFirst } from "../talib/sma";
import { Lanes } from "../shared/lanes";
import { fewestRows, Job, JOB_BYTES, jobAt, longestPeriod } from "../shared/jobs";

export function talibSmaBatch(jobs: usize, count: i32): i32 {
  let i = 0;
  for (; i + 4 <= count; i += 4) four(jobs + <usize> i * JOB_BYTES);
  for (; i < count; i++) {
    const job = jobAt(jobs, i);
    talibSma(job.rows, job.input0, job.period, job.out, 0);
  }
  return 0;
}

function four(jobs: usize): void {
  const start = longestPeriod(jobs);
  const rows = fewestRows(jobs);
  if (rows <= start) {
    for (let i = 0; i < 4; i++) {
      const job = jobAt(jobs, i);
      talibSma(job.rows, job.input0, job.period, job.out, 0);
    }
    return;
  }
  const a = jobAt(jobs, 0);
  const b = jobAt(jobs, 1);
  const c = jobAt(jobs, 2);
  const d = jobAt(jobs, 3);
  let ab = Lanes.both(until(a, start), until(b, start));
  let cd = Lanes.both(until(c, start), until(d, start));
  const divisorsAb = Lanes.both(f64(a.period), f64(b.period));
  const divisorsCd = Lanes.both(f64(c.period), f64(d.period));
  const end = <usize> rows << 3;
  const inA = a.input0;
  const outA = a.out;
  const oldA = oldest(a);
  const inB = b.input0;
  const outB = b.out;
  const oldB = oldest(b);
  const inC = c.input0;
  const outC = c.out;
  const oldC = oldest(c);
  const inD = d.input0;
  const outD = d.out;
  const oldD = oldest(d);
  for (let i: usize = <usize> start << 3; i < end; i += 8) {
    ab = f64x2.add(ab, Lanes.load(inA, inB, i));
    cd = f64x2.add(cd, Lanes.load(inC, inD, i));
    Lanes.store(outA, outB, i, f64x2.div(ab, divisorsAb));
    Lanes.store(outC, outD, i, f64x2.div(cd, divisorsCd));
    ab = f64x2.sub(ab, Lanes.load(oldA, oldB, i));
    cd = f64x2.sub(cd, Lanes.load(oldC, oldD, i));
  }
  continueSma(a.rows, a.input0, a.period, rows, f64x2.extract_lane(ab, 0), a.out);
  continueSma(b.rows, b.input0, b.period, rows, f64x2.extract_lane(ab, 1), b.out);
  continueSma(c.rows, c.input0, c.period, rows, f64x2.extract_lane(cd, 0), c.out);
  continueSma(d.rows, d.input0, d.period, rows, f64x2.extract_lane(cd, 1), d.out);
}

/** Rows before `row`; answers the total that row `row` adds to. */
function until(job: Job, row: i32): f64 {
  talibSma(min<i32>(row, job.period - 1), job.input0, job.period, job.out, 0);
  const total = totalOfFirst(job.input0, job.period - 1);
  return continueSma(row, job.input0, job.period, job.period - 1, total, job.out);
}

/** Where the row that leaves the window lies, from the row's own offset. */
function oldest(job: Job): usize {
  return job.input0 - (<usize> (job.period - 1) << 3);
}
