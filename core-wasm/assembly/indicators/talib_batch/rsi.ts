import { continueRsi, firstRsi, Rsi, strength, talibRsi } from "../talib/rsi";
import { fillNan } from "../talib/shared/ta";
import { fewestRows, Job, JOB_BYTES, jobAt, longestPeriod } from "./shared/jobs";

export function talibRsiBatch(jobs: usize, count: i32): i32 {
  let i = 0;
  for (; i + 4 <= count; i += 4) four(jobs + <usize> i * JOB_BYTES);
  for (; i < count; i++) {
    const job = jobAt(jobs, i);
    talibRsi(job.rows, job.first, job.period, job.out, 0);
  }
  return 0;
}

class Step {
  // @ts-ignore: decorator
  @inline
  static next(real: usize, out: usize, pair: v128, kept: v128, inverse: v128, i: usize): v128 {
    const next = Rsi.next(pair, load<f64>(real + i) - load<f64>(real + i - 8), kept, inverse);
    store<f64>(out + i, strength(next));
    return next;
  }
}

function four(jobs: usize): void {
  const start = longestPeriod(jobs) + 1;
  const rows = fewestRows(jobs);
  if (rows <= start) {
    for (let i = 0; i < 4; i++) {
      const job = jobAt(jobs, i);
      talibRsi(job.rows, job.first, job.period, job.out, 0);
    }
    return;
  }
  const a = jobAt(jobs, 0);
  const b = jobAt(jobs, 1);
  const c = jobAt(jobs, 2);
  const d = jobAt(jobs, 3);
  let pairA = until(a, start);
  let pairB = until(b, start);
  let pairC = until(c, start);
  let pairD = until(d, start);
  const inA = a.first;
  const outA = a.out;
  const keptA = f64x2.splat(f64(a.period - 1));
  const inverseA = f64x2.splat(1.0 / f64(a.period));
  const inB = b.first;
  const outB = b.out;
  const keptB = f64x2.splat(f64(b.period - 1));
  const inverseB = f64x2.splat(1.0 / f64(b.period));
  const inC = c.first;
  const outC = c.out;
  const keptC = f64x2.splat(f64(c.period - 1));
  const inverseC = f64x2.splat(1.0 / f64(c.period));
  const inD = d.first;
  const outD = d.out;
  const keptD = f64x2.splat(f64(d.period - 1));
  const inverseD = f64x2.splat(1.0 / f64(d.period));
  for (let i: usize = <usize> start << 3, end = <usize> rows << 3; i < end; i += 8) {
    pairA = Step.next(inA, outA, pairA, keptA, inverseA, i);
    pairB = Step.next(inB, outB, pairB, keptB, inverseB, i);
    pairC = Step.next(inC, outC, pairC, keptC, inverseC, i);
    pairD = Step.next(inD, outD, pairD, keptD, inverseD, i);
  }
  continueRsi(a.rows, a.first, a.period, rows, pairA, a.out);
  continueRsi(b.rows, b.first, b.period, rows, pairB, b.out);
  continueRsi(c.rows, c.first, c.period, rows, pairC, c.out);
  continueRsi(d.rows, d.first, d.period, rows, pairD, d.out);
}

/** Rows before `row`; answers both averages there. */
function until(job: Job, row: i32): v128 {
  fillNan(job.out, row, job.period);
  const pair = firstRsi(job.first, job.period, job.out);
  return continueRsi(row, job.first, job.period, job.period + 1, pair, job.out);
}
