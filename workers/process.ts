/** Everything one process runs beside its answers: jobs, their compute workers, schedules. */
import { sweepAccessLog } from "../api/audit/service.ts";
import { sweepSessions } from "../api/auth/service.ts";
import { candleSweep } from "../api/market/service.ts";
import type { ScheduleRunner } from "../api/jobs/service.ts";
import type { Platform } from "../api/platform/context.ts";
import { sweepEvents } from "../api/realtime/service.ts";
import { ComputePool, startPlainComputeWorker } from "./compute/pool.ts";
import { createHandlers } from "./handlers/mod.ts";
import { startWorkers, type WorkerOptions, type Workers } from "./loop.ts";

const HOUR_MS = 3_600_000;

export interface JobsOptions extends WorkerOptions {
  /** Compute workers without the permission sandbox, where the runtime takes no unstable option. */
  readonly plainWorkers?: boolean;
}

/** Starts the worker loop over all kinds of jobs; `stop` also ends the compute workers. */
export async function startJobs(
  platform: Platform,
  { plainWorkers = false, ...options }: JobsOptions = {},
): Promise<Workers> {
  const pool = new ComputePool({
    // One more than the cores: the slot that only short jobs take.
    size: platform.settings.WORKER_CPU_CORES + 1,
    ...(plainWorkers ? { startWorker: startPlainComputeWorker } : {}),
  });
  const workers = await startWorkers(platform, createHandlers(pool), {
    ...options,
    schedules: [
      candleSweep(),
      sessionSweep,
      accessLogSweep,
      eventSweep,
      ...options.schedules ?? [],
    ],
  });
  return {
    id: workers.id,
    idle: workers.idle,
    stop: async () => {
      await workers.stop();
      pool.close();
    },
  };
}

const sessionSweep: ScheduleRunner = {
  kind: "auth.sweep_sessions",
  everyMs: HOUR_MS,
  run: async (platform) => {
    await sweepSessions(platform);
  },
};

const accessLogSweep: ScheduleRunner = {
  kind: "audit.sweep_access_log",
  everyMs: HOUR_MS,
  run: async (platform, { signal }) => {
    await sweepAccessLog(platform, signal);
  },
};

const eventSweep: ScheduleRunner = {
  kind: "realtime.sweep_events",
  everyMs: HOUR_MS,
  run: async (platform, { signal }) => {
    await sweepEvents(platform, signal);
  },
};
