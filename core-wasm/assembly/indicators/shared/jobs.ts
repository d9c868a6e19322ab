/**
 * A batch is a table of jobs: one series with many periods, many series with one, or any mix. Four run
 * interleaved from the row at which all have a value to the shortest one's end, because a recursion
 * alone waits for its own last result most of the time. Kernels may reorder the table.
 */

/** Bytes a job, all of it i32. */
export const JOB_BYTES: usize = 32;

/** One row of the table. */
@unmanaged
export class Job {
  rows: i32;
  /** The kernel's first parameter, always a length in rows. */
  period: i32;
  /** The kernel's second and third parameter, where it has them. */
  second: i32;
  third: i32;
  /** The inputs, as many as the kernel has. */
  input0: usize;
  input1: usize;
  input2: usize;
  out: usize;
}

export function jobAt(jobs: usize, index: i32): Job {
  return changetype<Job>(jobs + <usize> index * JOB_BYTES);
}

/** 256 bytes behind the table, aligned to 16. */
export function scratchOf(jobs: usize, count: i32): usize {
  return (jobs + <usize> count * JOB_BYTES + 15) & ~15;
}

export function swapJobs(jobs: usize, a: i32, b: i32): void {
  const first = changetype<usize>(jobAt(jobs, a));
  const second = changetype<usize>(jobAt(jobs, b));
  for (let i: usize = 0; i < JOB_BYTES; i += 8) {
    const kept = load<u64>(first + i);
    store<u64>(first + i, load<u64>(second + i));
    store<u64>(second + i, kept);
  }
}

/** The longest period of four jobs. */
export function longestPeriod(jobs: usize): i32 {
  let longest = 0;
  for (let i = 0; i < 4; i++) longest = max<i32>(longest, jobAt(jobs, i).period);
  return longest;
}

export function shortestPeriod(jobs: usize): i32 {
  let shortest = i32.MAX_VALUE;
  for (let i = 0; i < 4; i++) shortest = min<i32>(shortest, jobAt(jobs, i).period);
  return shortest;
}

/** The fewest rows of four jobs. */
export function fewestRows(jobs: usize): i32 {
  let fewest = i32.MAX_VALUE;
  for (let i = 0; i < 4; i++) fewest = min<i32>(fewest, jobAt(jobs, i).rows);
  return fewest;
}
