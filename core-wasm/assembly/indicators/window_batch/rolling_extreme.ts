import { Job, jobAt, swapJobs } from "../shared/jobs";
import { put } from "../window/shared/rows";
import {
  Largest,
  plainExtreme,
  plainFrom,
  Smallest,
  windowRollingMax,
  windowRollingMin,
} from "../window/rolling_extreme";
import { refusedJob } from "./shared/whole";

export function windowRollingMaxBatch(jobs: usize, count: i32): i32 {
  return sharing<Most>(jobs, count);
}

export function windowRollingMinBatch(jobs: usize, count: i32): i32 {
  return sharing<Least>(jobs, count);
}

class Most {
  alone(job: Job): void {
    windowRollingMax(job.rows, job.input0, job.period, job.second, job.out, 0);
  }
  plain(n: i32, real: usize, window: i32, out: usize): void {
    plainExtreme<Largest>(n, real, window, out);
  }
  widen(n: i32, from: usize, by: i32, out: usize): void {
    widen<Largest>(n, from, by, out);
  }
}
class Least {
  alone(job: Job): void {
    windowRollingMin(job.rows, job.input0, job.period, job.second, job.out, 0);
  }
  plain(n: i32, real: usize, window: i32, out: usize): void {
    plainExtreme<Smallest>(n, real, window, out);
  }
  widen(n: i32, from: usize, by: i32, out: usize): void {
    widen<Smallest>(n, from, by, out);
  }
}

/**
 * Windows of one series from the narrowest on: a window is two of the one before it that overlap, as
 * long as it is at most twice as wide, so each row costs one comparison more.
 */
function sharing<Op>(jobs: usize, count: i32): i32 {
  const refused = refusedJob(jobs, count);
  if (refused > 0) return refused;
  const op = changetype<Op>(0);
  sortJobs(jobs, count);
  let plain = -1;
  for (let i = 0; i < count; i++) {
    const job = jobAt(jobs, i);
    if (job.rows === 0) continue;
    const isFirst = i === 0 || !isSameSeries(jobAt(jobs, i - 1), job);
    if (isFirst) plain = plainFrom(job.rows, job.input0);
    if (plain < 0) {
      op.alone(job);
      continue;
    }
    const n = job.rows - plain;
    const skip = <usize> plain << 3;
    const before = jobAt(jobs, isFirst ? i : i - 1);
    if (isFirst || before.period < job.period - before.period) {
      op.plain(n, job.input0 + skip, job.period, job.out + skip);
    } else {
      op.widen(n, before.out + skip, job.period - before.period, job.out + skip);
    }
    if (!isFirst) blankHead(before, plain);
    if (i + 1 === count || !isSameSeries(job, jobAt(jobs, i + 1))) blankHead(job, plain);
  }
  return 0;
}

function isSameSeries(a: Job, b: Job): bool {
  return a.input0 === b.input0 && a.rows === b.rows;
}

/** By series and window. */
function sortJobs(jobs: usize, count: i32): void {
  for (let i = 1; i < count; i++) {
    for (let j = i; j > 0 && isAfter(jobAt(jobs, j - 1), jobAt(jobs, j)); j--) {
      swapJobs(jobs, j - 1, j);
    }
  }
}

function isAfter(a: Job, b: Job): bool {
  if (a.input0 !== b.input0) return a.input0 > b.input0;
  return a.rows !== b.rows ? a.rows > b.rows : a.period > b.period;
}

/** The extremes of windows wider by `by` rows, which is at most the width of those in `from`. */
function widen<Op>(n: i32, from: usize, by: i32, out: usize): void {
  const op = changetype<Op>(0);
  const head = <usize> min<i32>(n, by) << 3;
  const end = <usize> n << 3;
  memory.copy(out, from, head);
  const narrower = from - (<usize> by << 3);
  let i = head;
  for (; i + 16 <= end; i += 16) {
    v128.store(out + i, op.pick(v128.load(from + i), v128.load(narrower + i)));
  }
  if (i >= end) return;
  const last = op.pick(v128.load64_zero(from + i), v128.load64_zero(narrower + i));
  v128.store_lane<f64>(out + i, last, 0);
}

/** Takes the answer away where the window has too few values. */
function blankHead(job: Job, plain: i32): void {
  const needed = max<i32>(1, job.second === 0 ? job.period : job.second);
  for (let i = 0, end = min<i32>(job.rows, plain + needed - 1); i < end; i++) put(job.out, i, NaN);
}
