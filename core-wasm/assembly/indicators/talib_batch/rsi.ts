import { Lanes } from "../shared/lanes";
import { continueRsi, firstRsi, Rsi, talibRsi } from "../talib/rsi";
import { fillNan } from "../talib/shared/ta";
import { fewestRows, Job, JOB_BYTES, jobAt, longestPeriod } from "../shared/jobs";
import { isQuickAlone } from "./shared/long";

export function talibRsiBatch(jobs: usize, count: i32): i32 {
  let i = 0;
  for (; i + 4 <= count; i += 4) four(jobs + <usize> i * JOB_BYTES);
  for (; i < count; i++) {
    const job = jobAt(jobs, i);
    talibRsi(job.rows, job.input0, job.period, job.out, 0);
  }
  return 0;
}

class Step {
  // @ts-ignore: decorator
  @inline
  static next(real: usize, pair: v128, kept: v128, inverse: v128, i: usize): v128 {
    return Rsi.next(pair, Rsi.change(real + i), kept, inverse);
  }

  /** The answers of two states; without any movement 0. */
  // @ts-ignore: decorator
  @inline
  static store(outA: usize, outB: usize, pairA: v128, pairB: v128, i: usize): void {
    const gains = v128.shuffle<f64>(pairA, pairB, 0, 2);
    const totals = f64x2.add(gains, v128.shuffle<f64>(pairA, pairB, 1, 3));
    const shares = f64x2.mul(f64x2.splat(100.0), f64x2.div(gains, totals));
    Lanes.store(outA, outB, i, v128.and(shares, f64x2.gt(totals, f64x2.splat(0.0))));
  }
}

function four(jobs: usize): void {
  const start = longestPeriod(jobs) + 1;
  const rows = fewestRows(jobs);
  if (rows <= start || isQuickAlone(rows - start, 1.0 / f64(start - 1))) {
    for (let i = 0; i < 4; i++) {
      const job = jobAt(jobs, i);
      talibRsi(job.rows, job.input0, job.period, job.out, 0);
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
  const inA = a.input0;
  const outA = a.out;
  const keptA = f64x2.splat(f64(a.period - 1));
  const inverseA = f64x2.splat(1.0 / f64(a.period));
  const inB = b.input0;
  const outB = b.out;
  const keptB = f64x2.splat(f64(b.period - 1));
  const inverseB = f64x2.splat(1.0 / f64(b.period));
  const inC = c.input0;
  const outC = c.out;
  const keptC = f64x2.splat(f64(c.period - 1));
  const inverseC = f64x2.splat(1.0 / f64(c.period));
  const inD = d.input0;
  const outD = d.out;
  const keptD = f64x2.splat(f64(d.period - 1));
  const inverseD = f64x2.splat(1.0 / f64(d.period));
  for (let i: usize = <usize> start << 3, end = <usize> rows << 3; i < end; i += 8) {
    pairA = Step.next(inA, pairA, keptA, inverseA, i);
    pairB = Step.next(inB, pairB, keptB, inverseB, i);
    pairC = Step.next(inC, pairC, keptC, inverseC, i);
    pairD = Step.next(inD, pairD, keptD, inverseD, i);
    Step.store(outA, outB, pairA, pairB, i);
    Step.store(outC, outD, pairC, pairD, i);
  }
  continueRsi(a.rows, a.input0, a.period, rows, pairA, a.out);
  continueRsi(b.rows, b.input0, b.period, rows, pairB, b.out);
  continueRsi(c.rows, c.input0, c.period, rows, pairC, c.out);
  continueRsi(d.rows, d.input0, d.period, rows, pairD, d.out);
}

/** Rows before `row`; answers both averages there. */
function until(job: Job, row: i32): v128 {
  fillNan(job.out, row, job.period);
  const pair = firstRsi(job.input0, job.period, job.out);
  return continueRsi(row, job.input0, job.period, job.period + 1, pair, job.out);
}
