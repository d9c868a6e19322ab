/** One run of one claimed job, from its checkpoint to the end it comes to. */
import {
  cancelRun,
  completeRun,
  type EndHooks,
  failRun,
  findCheckpoint,
  type JobRow,
  LeaseLost,
  putProgress,
  saveCheckpoint,
  yieldRun,
} from "../api/jobs/service.ts";
import type { JobProgress } from "../api/jobs/queue.ts";
import { pause } from "../api/platform/clock.ts";
import { type Actor, createCtx, type Platform } from "../api/platform/context.ts";
import { toAppError } from "../api/platform/http/errors.ts";
import { traceField } from "../api/platform/tracing.ts";
import {
  endSignal,
  type JobHandler,
  type JobOutcome,
  JobStopped,
  type StopReason,
} from "./handler.ts";

const PROGRESS_EVERY_MS = 250;
/** How long a run that was asked to stop may take to save and return; a drain waits for 8 s. */
const GRACE_MS: Readonly<Record<StopReason, number>> = {
  cancel: 5_000,
  lost: 5_000,
  slice: 60_000,
  drain: 7_000,
};
const OUTAGE_PAUSE_MS = 500;

/** A job this process runs right now. */
export interface RunningJob {
  readonly row: JobRow;
  readonly cpuCores: number;
  readonly memoryMb: number;
  readonly estimateMs: number | null;
  /** Epoch milliseconds until which the row is surely ours. */
  leaseUntil: number;
  /** Latest progress that no heartbeat has carried into the row. */
  progress: JobProgress | null;
  /** Asks the run to stop; the first reason stands, except that "lost" replaces any. */
  stop(reason: StopReason): void;
  /** Settles when the row has left this worker's hands; never rejects. */
  readonly finished: Promise<void>;
}

type Ending =
  | { readonly kind: "outcome"; readonly outcome: JobOutcome }
  | { readonly kind: "error"; readonly error: unknown }
  /** It was asked to stop and did not return in time. */
  | { readonly kind: "abandoned" };

export interface StartRun {
  readonly row: JobRow;
  readonly handler: JobHandler;
  readonly leaseMs: number;
  readonly hooks: EndHooks;
}

export function startRun(
  platform: Platform,
  { row, handler, leaseMs, hooks }: StartRun,
): RunningJob {
  const stopper = new AbortController();
  let lost = false;
  const job: RunningJob = {
    row,
    cpuCores: row.cpu_cores,
    memoryMb: row.memory_mb,
    estimateMs: row.estimate_ms,
    leaseUntil: platform.clock.now() + leaseMs,
    progress: null,
    stop(reason) {
      if (reason === "lost") lost = true;
      stopper.abort(new JobStopped(reason));
    },
    finished: Promise.resolve(),
  };
  if (row.cancel_requested === 1) job.stop("cancel");
  const finished = runTraced(platform, job, {
    handler,
    hooks,
    signal: stopper.signal,
    isLost: () => lost,
  });
  return Object.assign(job, { finished });
}

interface RunParts {
  readonly handler: JobHandler;
  readonly hooks: EndHooks;
  readonly signal: AbortSignal;
  isLost(): boolean;
}

/** A run joins the trace of the request that asked for the job, in whatever process that was. */
function runTraced(platform: Platform, job: RunningJob, parts: RunParts): Promise<void> {
  const { id, kind, attempts, request_id, trace_parent: parent } = job.row;
  const attributes = {
    "job.id": id,
    "job.kind": kind,
    "job.attempt": attempts,
    "request.id": request_id,
  };
  return platform.tracing.span(`job ${kind}`, { parent, attributes }, async (span) => {
    span.set({ "job.outcome": await run(platform, job, parts) });
  });
}

async function run(platform: Platform, job: RunningJob, parts: RunParts): Promise<Settled> {
  const { clock, log, telemetry } = platform;
  const start = clock.monotonic();
  const done = new AbortController();
  const saves = { count: 0 };
  sliceAfter(platform.settings.JOB_SLICE_MS, job, done.signal);
  const ending = await endingOf(platform, job, { ...parts, saves });
  done.abort();
  const ranMs = clock.monotonic() - start;
  const outcome = await settle(platform, job, { ...parts, ending, ranMs, saved: saves.count > 0 });
  telemetry.jobsFinished.inc({ kind: job.row.kind, outcome });
  telemetry.jobSeconds.observe({ kind: job.row.kind }, ranMs / 1000);
  log[outcome === "failed" || outcome === "lost" ? "warning" : "info"]("job run", {
    job_id: job.row.id,
    kind: job.row.kind,
    owner_id: job.row.owner_id,
    request_id: job.row.request_id,
    ...traceField(job.row.trace_parent),
    resource_kind: job.row.resource_kind,
    resource_id: job.row.resource_id,
    worker_id: job.row.lease_owner,
    attempt: job.row.attempts,
    fence: job.row.fence,
    outcome,
    checkpoints: saves.count,
    duration_ms: Math.round(ranMs * 1000) / 1000,
    ...(ending.kind === "error" ? { error: ending.error } : {}),
  });
  return outcome;
}

async function sliceAfter(ms: number, job: RunningJob, done: AbortSignal): Promise<void> {
  if (ms === 0) return;
  await pause(ms, done);
  if (!done.aborted) job.stop("slice");
}

async function endingOf(
  platform: Platform,
  job: RunningJob,
  { handler, signal, saves }: RunParts & { saves: { count: number } },
): Promise<Ending> {
  const over = new AbortController();
  const progress = createProgress(platform, job);
  const work = async (): Promise<Ending> => {
    endSignal(signal).throwIfAborted();
    const checkpoint = await findCheckpoint(platform.db, job.row.id);
    const ctx = createCtx(platform, {
      actor: actorOf(job.row, handler),
      signal: endSignal(signal),
      requestId: job.row.request_id,
    });
    const outcome = await handler.run(ctx, JSON.parse(job.row.payload), checkpoint, {
      signal,
      report: progress.report,
      save: async (state) => {
        await whileOurs(platform, job, () => saveCheckpoint(platform, job.row, state));
        saves.count++;
      },
      jobId: job.row.id,
      attempt: job.row.attempts,
    });
    return { kind: "outcome", outcome };
  };
  const ending = await Promise.race([
    work().catch((error): Ending => ({ kind: "error", error })),
    graceAfter(signal, over.signal),
  ]);
  over.abort();
  await progress.end();
  return ending;
}

async function graceAfter(signal: AbortSignal, over: AbortSignal): Promise<Ending> {
  if (!signal.aborted) {
    await new Promise((resolve) => {
      signal.addEventListener("abort", resolve, { once: true });
      over.addEventListener("abort", resolve, { once: true });
    });
  }
  await pause(GRACE_MS[reasonOf(signal) ?? "cancel"], over);
  return { kind: "abandoned" };
}

/** The owner, with no more rights than the kind of job needs. */
export function actorOf(row: JobRow, { kind }: Pick<JobHandler, "kind">): Actor {
  return {
    userId: row.owner_id,
    username: `job:${row.kind}`,
    role: "user",
    scopes: new Set(["read", kind.scope]),
    sessionId: null,
  };
}

/** Stores at most one progress per interval, and always the last. */
function createProgress(platform: Platform, job: RunningJob) {
  const ended = new AbortController();
  let waiting: JobProgress | null = null;
  let writer: Promise<void> | null = null;
  const write = async () => {
    while (waiting !== null) {
      const next = waiting;
      waiting = null;
      await putProgress(platform, job.row.id, next);
      await pause(PROGRESS_EVERY_MS, ended.signal);
    }
    writer = null;
  };
  return {
    report: (progress: JobProgress) => {
      job.progress = progress;
      waiting = progress;
      writer ??= write();
    },
    end: async () => {
      ended.abort();
      await writer;
    },
  };
}

interface SettleParts extends RunParts {
  readonly ending: Ending;
  readonly ranMs: number;
  /** True when the run saved something. */
  readonly saved: boolean;
}

type Settled = "completed" | "cancelled" | "yielded" | "retried" | "failed" | "lost";

/** Writes the ending; an ending that cannot be written is a failure of the run. */
async function settle(platform: Platform, job: RunningJob, parts: SettleParts): Promise<Settled> {
  try {
    return await settleWith(platform, job, parts);
  } catch (error) {
    if (parts.isLost() || error instanceof LeaseLost) return "lost";
    try {
      return await settleWith(platform, job, { ...parts, ending: { kind: "error", error } });
    } catch (err) {
      if (parts.isLost() || err instanceof LeaseLost) return "lost";
      platform.log.error("job's failure was not written", { job_id: job.row.id, error: err });
      return "lost";
    }
  }
}

function settleWith(platform: Platform, job: RunningJob, parts: SettleParts): Promise<Settled> {
  return whileOurs(platform, job, () => {
    if (parts.isLost()) throw new LeaseLost(job.row);
    return settleOnce(platform, job, parts);
  });
}

/** Tries on while the database is away, for as long as the job is surely ours. */
async function whileOurs<T>(
  platform: Platform,
  job: RunningJob,
  work: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (err) {
      if (!isOutage(err)) throw err;
      platform.log.warning("job waits for the database", { job_id: job.row.id, error: err });
      if (platform.clock.now() >= job.leaseUntil) throw new LeaseLost(job.row);
      await pause(OUTAGE_PAUSE_MS);
    }
  }
}

async function settleOnce(
  platform: Platform,
  job: RunningJob,
  { ending, ranMs, saved, signal, hooks }: RunParts & {
    ending: Ending;
    ranMs: number;
    saved: boolean;
  },
): Promise<Settled> {
  const ended = { row: job.row, ranMs };
  if (ending.kind === "outcome" && ending.outcome.kind === "done") {
    await completeRun(platform, ended, ending.outcome);
    return "completed";
  }
  const reason = reasonOf(signal);
  if (reason === "cancel") {
    await cancelRun(platform, ended, hooks);
    return "cancelled";
  }
  if (ending.kind === "error" && !isStop(ending.error, signal)) {
    if (ending.error instanceof LeaseLost) return "lost";
    return await failRun(platform, ended, { error: ending.error, hooks });
  }
  return await yieldRun(platform, ended, { barren: reason !== "drain" && !saved, hooks });
}

function reasonOf(signal: AbortSignal): StopReason | null {
  return signal.reason instanceof JobStopped ? signal.reason.reason : null;
}

/** An error that only says the run was asked to stop. */
function isStop(error: unknown, signal: AbortSignal): boolean {
  if (!signal.aborted) return false;
  return error === signal.reason || (error instanceof Error && error.name === "AbortError");
}

function isOutage(error: unknown): boolean {
  return toAppError(error)?.code === "DEPENDENCY_DOWN";
}
