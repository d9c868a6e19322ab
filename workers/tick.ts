/** What a platform that keeps no process alive does now and then: all that is due, then stop. */
import { pause } from "../api/platform/clock.ts";
import type { Platform } from "../api/platform/context.ts";
import { type JobsOptions, startJobs } from "./process.ts";

export interface TickOptions extends JobsOptions {
  /** When it stops although something still waits; that goes on in the next tick. */
  readonly budgetMs: number;
  /** Aborts when the process has to end: running jobs save and yield. */
  readonly signal: AbortSignal;
}

/**
 * Runs schedules that are due and jobs that wait, slice by slice, until nothing is left or the time
 * is up. Ticks may overlap in any number of processes: leases decide who runs what.
 */
export async function runTick(
  platform: Platform,
  { budgetMs, signal, ...options }: TickOptions,
): Promise<void> {
  if (signal.aborted) return;
  const workers = await startJobs(platform, options);
  const over = new AbortController();
  try {
    await Promise.race([workers.idle, pause(budgetMs, AbortSignal.any([signal, over.signal]))]);
  } finally {
    over.abort();
    await workers.stop();
  }
}
