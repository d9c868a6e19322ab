/** The worker loop: claim what fits, run it, keep its lease, and let go in order. */
import {
  claimJob,
  countPendingByKind,
  deleteWorker,
  type EndHook,
  type EndHooks,
  ensureSchedule,
  type JobRow,
  jobSweeps,
  type ReadyJob,
  recoverAll,
  type ScheduleRunner,
  upsertWorker,
  watchQueue,
} from "../api/jobs/service.ts";
import { pause } from "../api/platform/clock.ts";
import { createCtx, type Platform } from "../api/platform/context.ts";
import { type Budget, chooseCandidate, SHORT_MS } from "./admission.ts";
import { type Alarm, createAlarm } from "./alarm.ts";
import type { JobHandler } from "./handler.ts";
import { createPulse } from "./heartbeat.ts";
import { CANDIDATES_MAX, createReadySource, type ReadySource } from "./ready.ts";
import { actorOf, type RunningJob, startRun } from "./run_job.ts";
import { runSchedules } from "./schedules.ts";

export interface WorkerOptions {
  /** Beside the queue's own sweeps. */
  readonly schedules?: readonly ScheduleRunner[];
  /** How long a stop waits for running jobs to save. */
  readonly drainMs?: number;
  /** How often the queue is looked at when nothing wakes the worker. */
  readonly pollMs?: number;
  readonly budget?: Budget;
}

export interface Workers {
  readonly id: string;
  /** Resolves once nothing runs, nothing that fits waits, and what was due has run. */
  readonly idle: Promise<void>;
  /** Stops claiming, asks running jobs to save and yield, and waits for them, bounded. */
  stop(): Promise<void>;
}

const POLL_MS = 500;
const DRAIN_MS = 8_000;
const PRESENCE_EVERY_MS = 5_000;
const FAILURE_PAUSE_MS = 1_000;

/** Starts this process's worker: one loop, any number of jobs as its budget admits. */
export async function startWorkers(
  platform: Platform,
  handlers: readonly JobHandler[],
  options: WorkerOptions = {},
): Promise<Workers> {
  const worker = createWorker(platform, handlers, options);
  if (ownsItsDatabase(platform)) await recoverAll(platform, worker.hooks);
  const runners = [...jobSweeps(worker.hooks), ...options.schedules ?? []];
  for (const { kind, everyMs } of runners) {
    if (everyMs !== null) await ensureSchedule(platform, { name: kind, kind, everyMs });
  }
  await announce(worker);
  const claiming = claimLoop(worker);
  const loops = [
    watch(worker),
    beatLoop(worker),
    presenceLoop(worker),
    runSchedules(platform, runners, {
      workerId: worker.id,
      signal: worker.stopping.signal,
      onCaughtUp: () => catchUp(worker),
    }),
  ];
  platform.log.info("worker started", { worker_id: worker.id, ...worker.budget });
  return {
    id: worker.id,
    idle: worker.idle.promise,
    stop: async () => {
      worker.stopping.abort();
      worker.alarm.ring();
      await claiming;
      await drain(worker, options.drainMs ?? DRAIN_MS);
      worker.ended.abort();
      worker.beats.ring();
      await Promise.all(loops);
      await leave(worker);
    },
  };
}

interface Worker {
  readonly platform: Platform;
  readonly id: string;
  readonly handlers: ReadonlyMap<string, JobHandler>;
  readonly hooks: EndHooks;
  readonly budget: Budget;
  readonly pollMs: number;
  readonly running: Map<string, RunningJob>;
  /** Rings when there may be something to claim. */
  readonly alarm: Alarm;
  /** Rings when a running job may have been cancelled. */
  readonly beats: Alarm;
  readonly startedAt: number;
  /** True once the schedules that were due have run. */
  caughtUp: boolean;
  readonly idle: PromiseWithResolvers<void>;
  /** Nothing new is begun. */
  readonly stopping: AbortController;
  /** Nothing runs any more. */
  readonly ended: AbortController;
}

function createWorker(
  platform: Platform,
  handlers: readonly JobHandler[],
  { budget, pollMs = POLL_MS }: WorkerOptions,
): Worker {
  const { settings } = platform;
  return {
    platform,
    id: platform.ids.uuid(),
    handlers: new Map(handlers.map((handler) => [handler.kind.name, handler])),
    hooks: new Map(
      handlers.map((handler) => [handler.kind.name, endHookOf(platform, handler)]),
    ),
    budget: budget ??
      { cpuCores: settings.WORKER_CPU_CORES, memoryMb: settings.WORKER_MEMORY_MB },
    pollMs,
    running: new Map(),
    alarm: createAlarm(),
    beats: createAlarm(),
    startedAt: platform.clock.now(),
    caughtUp: false,
    idle: Promise.withResolvers(),
    stopping: new AbortController(),
    ended: new AbortController(),
  };
}

function endHookOf(platform: Platform, handler: JobHandler): EndHook {
  return async (tx, row, error) => {
    const ctx = createCtx(platform, {
      actor: actorOf(row, handler),
      signal: new AbortController().signal,
      requestId: row.request_id,
    });
    const payload = JSON.parse(row.payload);
    await handler.kind.ended?.(ctx, tx, { jobId: row.id, payload, error });
  };
}

/** A database file is one process's, so leases found on it at start are a dead process's. */
function ownsItsDatabase({ settings }: Platform): boolean {
  return settings.DATABASE_URL === undefined || settings.DATABASE_URL.startsWith("file:");
}

async function claimLoop(worker: Worker): Promise<void> {
  const { platform, alarm, stopping } = worker;
  const source = createReadySource(platform, {
    kinds: new Set(worker.handlers.keys()),
    memoryMbMax: worker.budget.memoryMb,
  });
  while (!stopping.signal.aborted) {
    try {
      while (await claimNext(worker, source));
      if (worker.caughtUp && worker.running.size === 0) worker.idle.resolve();
      await alarm.wait(worker.pollMs);
    } catch (err) {
      platform.log.error("worker cannot claim", { worker_id: worker.id, error: err });
      await pause(FAILURE_PAUSE_MS, stopping.signal);
    }
  }
}

/** What ran may have put jobs back in line, so the queue is looked at once more. */
function catchUp(worker: Worker): void {
  if (worker.caughtUp) return;
  worker.caughtUp = true;
  worker.alarm.ring();
}

/** Claims a ready job and starts it; false when none fits or none is left. */
async function claimNext(worker: Worker, source: ReadySource): Promise<boolean> {
  const ready = await source.list();
  if (await claimFirst(worker, ready)) return true;
  // Long jobs that wait may hide a short one, which has a slot of its own.
  if (ready.length < CANDIDATES_MAX || worker.stopping.signal.aborted) return false;
  return await claimFirst(worker, await source.listShorterThan(SHORT_MS));
}

async function claimFirst(worker: Worker, ready: readonly ReadyJob[]): Promise<boolean> {
  const { platform, running, budget } = worker;
  let left = ready;
  while (!worker.stopping.signal.aborted) {
    const now = platform.clock.now();
    const candidate = chooseCandidate(left, [...running.values()], { budget, now });
    if (candidate === null) return false;
    const leaseMs = platform.settings.JOB_LEASE_MS;
    const row = await claimJob(platform, candidate, { workerId: worker.id, leaseMs });
    if (row !== null) {
      begin(worker, row);
      return true;
    }
    left = left.filter((job) => job !== candidate);
  }
  return false;
}

function begin(worker: Worker, row: JobRow): void {
  const { platform, running, alarm } = worker;
  const handler = worker.handlers.get(row.kind);
  if (handler === undefined) throw new Error(`Job kind "${row.kind}" has no handler here`);
  const job = startRun(platform, {
    row,
    handler,
    leaseMs: platform.settings.JOB_LEASE_MS,
    hooks: worker.hooks,
  });
  running.set(row.id, job);
  if (worker.stopping.signal.aborted) job.stop("drain");
  job.finished.then(() => {
    if (running.get(row.id) === job) running.delete(row.id);
    alarm.ring();
  });
}

async function beatLoop(worker: Worker): Promise<void> {
  const { platform, id, running, beats, ended } = worker;
  const pulse = createPulse(platform, {
    workerId: id,
    running,
    leaseMs: platform.settings.JOB_LEASE_MS,
  });
  while (!ended.signal.aborted) {
    await pulse.beat();
    await beats.wait(pulse.everyMs);
  }
}

/** Rings when another part of the system wakes the workers; polls stand in when KV is away. */
async function watch({ platform, alarm, beats, ended }: Worker): Promise<void> {
  while (!ended.signal.aborted) {
    try {
      for await (const change of watchQueue(platform.kv, ended.signal)) {
        (change === "added" ? alarm : beats).ring();
      }
    } catch (err) {
      if (ended.signal.aborted) return;
      platform.log.warning("worker cannot watch KV", { error: err });
    }
    await pause(FAILURE_PAUSE_MS, ended.signal);
  }
}

async function presenceLoop(worker: Worker): Promise<void> {
  const { platform, ended } = worker;
  for (;;) {
    await pause(PRESENCE_EVERY_MS, ended.signal);
    if (ended.signal.aborted) return;
    try {
      await announce(worker);
      platform.telemetry.jobsWaiting.reset();
      for (const [kind, count] of await countPendingByKind(platform.db)) {
        platform.telemetry.jobsWaiting.set({ kind }, count);
      }
    } catch (err) {
      platform.log.warning("worker is not seen", { worker_id: worker.id, error: err });
    }
  }
}

async function announce({ platform, id, budget, running, handlers, startedAt }: Worker) {
  await upsertWorker(platform.db, {
    id,
    cpu_cores: budget.cpuCores,
    memory_mb: budget.memoryMb,
    running: running.size,
    kinds: JSON.stringify([...handlers.keys()]),
    started_at: startedAt,
    seen_at: platform.clock.now(),
  });
}

async function drain({ platform, running }: Worker, ms: number): Promise<void> {
  const jobs = [...running.values()];
  for (const job of jobs) job.stop("drain");
  const over = new AbortController();
  const all = Promise.all(jobs.map(({ finished }) => finished)).then(() => over.abort());
  await pause(ms, over.signal);
  if (over.signal.aborted) return await all;
  platform.log.warning("jobs did not stop in time", { job_ids: [...running.keys()] });
}

async function leave({ platform, id }: Worker): Promise<void> {
  try {
    await deleteWorker(platform.db, id);
  } catch (err) {
    platform.log.warning("worker's row was not deleted", { worker_id: id, error: err });
  }
  platform.log.info("worker stopped", { worker_id: id });
}
