/** Keeps the leases of running jobs, and hears when one is cancelled, deleted or another's. */
import { extendLease, findHeldRuns } from "../api/jobs/service.ts";
import type { Platform } from "../api/platform/context.ts";
import type { RunningJob } from "./run_job.ts";

export interface Pulse {
  /** Prolongs what is due and stops what has to stop; failures of storage only log. */
  beat(): Promise<void>;
  /** How long until the next beat is due. */
  readonly everyMs: number;
}

const LOOK_EVERY_MS = 1_000;

export function createPulse(
  platform: Platform,
  { workerId, running, leaseMs }: {
    workerId: string;
    running: ReadonlyMap<string, RunningJob>;
    leaseMs: number;
  },
): Pulse {
  const { clock, db, log } = platform;
  async function extend(job: RunningJob): Promise<void> {
    const { progress } = job;
    const leaseUntil = clock.now() + leaseMs;
    const text = progress === null ? null : JSON.stringify(progress);
    const state = await extendLease(db, job.row, { leaseUntil, progress: text });
    if (running.get(job.row.id) !== job) return;
    if (state === null) return job.stop("lost");
    job.leaseUntil = leaseUntil;
    if (job.progress === progress) job.progress = null;
    if (state.cancelRequested) job.stop("cancel");
  }
  async function stopWhatIsNotHeld(jobs: readonly RunningJob[]): Promise<void> {
    const held = await findHeldRuns(db, workerId);
    for (const job of jobs) {
      const run = held.get(job.row.id);
      if (run?.fence !== job.row.fence) job.stop("lost");
      else if (run.cancelRequested) job.stop("cancel");
    }
  }
  return {
    everyMs: Math.min(LOOK_EVERY_MS, leaseMs / 4),
    async beat() {
      if (running.size === 0) return;
      try {
        const jobs = [...running.values()];
        for (const job of jobs) {
          if (job.leaseUntil - clock.now() < leaseMs * 0.7) await extend(job);
        }
        await stopWhatIsNotHeld(jobs);
      } catch (err) {
        log.warning("leases were not extended", { worker_id: workerId, error: err });
        for (const job of running.values()) if (clock.now() >= job.leaseUntil) job.stop("lost");
      }
    },
  };
}
