/**
 * A batch is a table of jobs: one series with many periods, many series with one, or any mix. Four run
 * interleaved from the row at which all have a value to the shortest one's end, because a recursion
 * alone waits for its own last result most of the time.
 */

/** Bytes a job: rows, period, up to three inputs and the output, as i32. */
export const JOB_BYTES: usize = 32;

/** One row of the table. */
@unmanaged
export class Job {
  rows: i32;
  period: i32;
  first: usize;
  second: usize;
  third: usize;
  out: usize;
}

export function jobAt(jobs: usize, index: i32): Job {
  return changetype<Job>(jobs + <usize> index * JOB_BYTES);
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
