/**
 * The queue as every capability uses it. A verb enqueues in its own transaction and wakes after
 * the commit:
 *
 *     const answer = await write(ctx, spec, async (tx) => {
 *       jobId = await enqueueJob(ctx, tx, { kind, payload, ownerId, resourceKind, resourceId });
 *       …
 *     });
 *     await wakeJob(ctx, jobId);
 */
import { pause } from "../platform/clock.ts";
import type { Ctx, Platform } from "../platform/context.ts";
import type { Db } from "../platform/database/open.ts";
import { newOwnedColumns } from "../platform/database/rows.ts";
import { AppError } from "../platform/errors.ts";
import type { JobKind } from "./kind.ts";
import { announceCancel, putReadyKeys } from "./ready_keys.ts";
import { type JobPriority, type JobRow, type JobStatus, priorityLevel } from "./rows.ts";
import { findJobStates, isFinished, type JobState } from "./state.ts";
import {
  cancelPendingJob,
  findJobs,
  hasPendingJobs,
  insertJob,
  nextTurn,
  requestCancel,
} from "./store.ts";

export { defineJobKind, type JobEstimate, type JobKind } from "./kind.ts";
export type { JobProgress } from "./progress.ts";
export type { JobPriority, JobStatus } from "./rows.ts";
export { findJobStates, isFinished, type JobState } from "./state.ts";

export const PENDING_JOBS_PER_OWNER_MAX = 10_000;
const PAYLOAD_CHARACTERS_MAX = 1_000_000;
const POLL_MS_FIRST = 20;
const POLL_MS_LAST = 500;

export interface EnqueueOptions<P> {
  readonly kind: JobKind<P>;
  readonly payload: P;
  readonly ownerId: string;
  readonly priority?: JobPriority;
  /** What the job works for: `backtest` and its id. Its URL is `/api/v1/{resourceKind}s/{id}`. */
  readonly resourceKind?: string;
  readonly resourceId?: string;
  readonly retriesMax?: number;
}

/**
 * Adds a job inside the caller's transaction and answers its id; call `wakeJob` after the commit.
 *
 * @throws AppError LIMIT_EXCEEDED when the owner has too many waiting jobs.
 */
export async function enqueueJob<P>(
  ctx: Pick<Ctx, "clock" | "ids" | "events" | "requestId" | "tracing">,
  tx: Db,
  options: EnqueueOptions<P>,
): Promise<string> {
  const { kind, ownerId } = options;
  const payload = JSON.stringify(options.payload);
  if (payload.length > PAYLOAD_CHARACTERS_MAX) {
    throw new AppError(
      "LIMIT_EXCEEDED",
      `Cannot enqueue ${kind.name}: its arguments have ${payload.length} characters, ` +
        `${PAYLOAD_CHARACTERS_MAX} are allowed`,
    );
  }
  if (await hasPendingJobs(tx, ownerId, PENDING_JOBS_PER_OWNER_MAX)) {
    throw new AppError(
      "LIMIT_EXCEEDED",
      `Cannot enqueue ${kind.name}: ${PENDING_JOBS_PER_OWNER_MAX} jobs already wait`,
    );
  }
  const priority = priorityLevel(options.priority ?? "normal");
  const turn = await nextTurn(tx, { ownerId, priority });
  const owned = await newOwnedColumns(tx, { clock: ctx.clock, ids: ctx.ids, ownerId }, "job");
  const row = {
    ...newJobRow(options, payload),
    ...owned,
    priority,
    turn,
    request_id: ctx.requestId,
    trace_parent: ctx.tracing.current(),
    ready_at: owned.created_at,
  };
  await insertJob(tx, row);
  await ctx.events(ctx, tx, jobEvent(row, "created"));
  return row.id;
}

function newJobRow<P>(options: EnqueueOptions<P>, payload: string) {
  const { kind } = options;
  const estimate = kind.estimate(options.payload);
  return {
    kind: kind.name,
    payload,
    status: "pending" as const,
    not_before: 0,
    cpu_cores: Math.max(1, Math.ceil(estimate.cpuCores)),
    memory_mb: Math.max(1, Math.ceil(estimate.memoryMb)),
    estimate_ms: estimate.seconds === undefined ? null : Math.ceil(estimate.seconds * 1000),
    attempts: 0,
    failures: 0,
    deaths: 0,
    barren_slices: 0,
    retries_max: options.retriesMax ?? kind.retriesMax,
    fence: 0,
    lease_owner: null,
    lease_until: null,
    cancel_requested: 0 as const,
    progress: null,
    result: null,
    error_code: null,
    error_message: null,
    resource_kind: options.resourceKind ?? null,
    resource_id: options.resourceId ?? null,
    started_at: null,
    finished_at: null,
    ran_ms: 0,
  };
}

/** The outbox entry of a job's change: `job.created`, `job.started`, `job.completed`, … */
export function jobEvent(
  row: Pick<JobRow, "id" | "owner_id" | "kind" | "status" | "resource_kind" | "resource_id">,
  change: string,
  more: Readonly<Record<string, unknown>> = {},
) {
  return {
    ownerId: row.owner_id,
    type: `job.${change}`,
    resourceKind: "job",
    resourceId: row.id,
    data: {
      kind: row.kind,
      status: row.status,
      resource_kind: row.resource_kind,
      resource_id: row.resource_id,
      ...more,
    },
  };
}

/**
 * Tells the workers that a job waits, or that a running one was cancelled. Call it after the
 * commit; when KV is down it only logs, and the job starts late.
 */
export async function wakeJob(
  ctx: Pick<Platform, "db" | "kv" | "log">,
  jobId: string,
): Promise<void> {
  const [row] = await findJobs(ctx.db, [jobId]);
  if (row === undefined) return;
  if (row.status !== "pending") return await announceCancel(ctx);
  try {
    await putReadyKeys(ctx.kv, [row]);
  } catch (err) {
    ctx.log.warning("job was not announced", { job_id: jobId, error: err });
  }
}

/**
 * Cancels inside the caller's transaction: a waiting job at once, a running one by asking its
 * worker. Call `wakeJob` after the commit. Finished jobs stay as they are.
 */
export async function cancelJob(
  ctx: Pick<Ctx, "clock" | "events">,
  tx: Db,
  jobId: string,
): Promise<JobStatus | null> {
  const [row] = await findJobs(tx, [jobId]);
  if (row === undefined) return null;
  const now = ctx.clock.now();
  if (await cancelPendingJob(tx, jobId, now)) {
    await ctx.events(ctx, tx, jobEvent({ ...row, status: "cancelled" }, "cancelled"));
    return "cancelled";
  }
  await requestCancel(tx, jobId, now);
  return row.status;
}

/** Waits until the job is finished, at most `ms`, and answers its state then; null: no such job. */
export async function waitForJob(
  ctx: Pick<Ctx, "db" | "kv" | "log" | "signal">,
  jobId: string,
  ms: number,
): Promise<JobState | null> {
  let left = ms;
  let wait = POLL_MS_FIRST;
  for (;;) {
    const state = (await findJobStates(ctx, [jobId])).get(jobId);
    if (state === undefined) return null;
    if (isFinished(state.status) || left <= 0 || ctx.signal.aborted) return state;
    await pause(Math.min(wait, left), ctx.signal);
    left -= wait;
    wait = Math.min(wait * 1.5, POLL_MS_LAST);
  }
}
