import { Job, jobAt } from "../../shared/jobs";
import { isObserved } from "../../window/shared/rows";

/** The first row from which on every value is finite; `n` when the last one is not. */
export function wholeFrom(n: i32, real: usize): i32 {
  let i: usize = <usize> n << 3;
  for (; i >= 16; i -= 16) {
    const pair = v128.load(real + i - 16);
    const rest = f64x2.sub(pair, pair);
    if (v128.any_true(f64x2.ne(rest, rest))) break;
  }
  while (i > 0 && isObserved(load<f64>(real + i - 8))) i -= 8;
  return i32(i >> 3);
}

/** The first row at which no window of four jobs has, or loses, a value that is not finite. */
export function wholeWindowsFrom(jobs: usize): i32 {
  let from = 0;
  let before: Job = jobAt(jobs, 0);
  let whole = wholeFrom(before.rows, before.input0);
  for (let i = 0; i < 4; i++) {
    const job = jobAt(jobs, i);
    if (job.input0 !== before.input0 || job.rows !== before.rows) {
      whole = wholeFrom(job.rows, job.input0);
    }
    from = max<i32>(from, whole + job.period);
    before = job;
  }
  return from;
}

/** The first refused job, from 1 on, or 0: more values needed than the window has. */
export function refusedJob(jobs: usize, count: i32): i32 {
  for (let i = 0; i < count; i++) {
    const job = jobAt(jobs, i);
    if (job.rows > 0 && (job.period < 1 || job.second > job.period)) return i + 1;
  }
  return 0;
}
