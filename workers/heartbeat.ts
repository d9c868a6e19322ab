/** Keeps the leases of running jobs, and hears of cancellations. */
import { extendLease, findCancelRequests } from "../api/jobs/service.ts";
import type { Platform } from "../api/platform/context.ts";
import type { RunningJob } from "./run_job.ts";

export interface Pulse {
  /** Prolongs what is due and passes cancellations on; failures of storage only log. */
  beat(): Promise<void>;
  /** How long until the next beat is due. */
  readonly everyMs: number;
}

const CANCEL_EVERY_MS = 1_000;

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
  return {
    everyMs: Math.min(CANCEL_EVERY_MS, leaseMs / 4),
    async beat() {
      if (running.size === 0) return;
      try {
        for (const job of [...running.values()]) {
          if (job.leaseUntil - clock.now() < leaseMs * 0.7) await extend(job);
        }
        for (const id of await findCancelRequests(db, workerId)) running.get(id)?.stop("cancel");
      } catch (err) {
        log.warning("leases were not extended", { worker_id: workerId, error: err });
        for (const job of running.values()) if (clock.now() >= job.leaseUntil) job.stop("lost");
      }
    },
  };
}
