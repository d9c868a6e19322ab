/** What owners do with their jobs. */
import { toRfc3339 } from "../platform/clock.ts";
import { type Ctx, requireActor } from "../platform/context.ts";
import type { Db } from "../platform/database/open.ts";
import { AppError, notFound } from "../platform/errors.ts";
import { toPage } from "../platform/http/pages.ts";
import type { Page, PageQuery } from "../platform/http/schemas.ts";
import { write } from "../platform/write.ts";
import type { JobKind, JobKinds } from "./kind.ts";
import { listWorkersSeenSince } from "./lease_store.ts";
import { cancelJob, enqueueJob, jobEvent, wakeJob } from "./queue.ts";
import { announceCancel } from "./ready_keys.ts";
import type { JobRow } from "./rows.ts";
import type { Job, JobListQuery, JobSummary, SubmitJob, SubmittedJob } from "./schema.ts";
import { isFinished, readProgressOfRunning } from "./state.ts";
import {
  countJobsAhead,
  deleteJob as deleteJobRow,
  findOwnJob,
  listOwnJobs,
  nextTurn,
  reviveJob,
} from "./store.ts";
import { parseSubmission } from "./submission.ts";
import { toJob, toSummary, WORKER_SEEN_MS } from "./view.ts";
import { explainWaiting } from "./waiting.ts";

/** Lists the caller's jobs, the newest first. */
export async function listJobs(
  ctx: Ctx,
  kinds: JobKinds,
  { status, name, resource_id, ...page }: JobListQuery,
): Promise<Page<JobSummary>> {
  requireActor(ctx, "read");
  const filter = { status, kind: name, resourceId: resource_id };
  return await listSummaries(ctx, kinds, { filter, page });
}

/** Lists the caller's dead letters: jobs whose last retry failed. */
export async function listDeadLetters(
  ctx: Ctx,
  kinds: JobKinds,
  page: PageQuery,
): Promise<Page<JobSummary>> {
  requireActor(ctx, "read");
  return await listSummaries(ctx, kinds, { filter: { status: "failed" }, page });
}

async function listSummaries(
  ctx: Ctx,
  kinds: JobKinds,
  query: Parameters<typeof listOwnJobs>[2],
): Promise<Page<JobSummary>> {
  const { rows, total } = await listOwnJobs(ctx, ctx.db, query);
  const progress = await readProgressOfRunning(ctx, rows);
  const items = rows.map((row) => toSummary(row, kinds, progress.get(row.id)));
  return toPage(items, total, query.page);
}

/** Answers one of the caller's jobs with its place in line. */
export async function getJob(ctx: Ctx, kinds: JobKinds, id: string): Promise<Job> {
  requireActor(ctx, "read");
  return await describe(ctx, kinds, await ownJob(ctx, ctx.db, id));
}

async function describe(ctx: Ctx, kinds: JobKinds, row: JobRow): Promise<Job> {
  const progress = (await readProgressOfRunning(ctx, [row])).get(row.id);
  if (row.status !== "pending") return toJob(row, kinds, { progress, place: null });
  const now = ctx.clock.now();
  const [ahead, workers] = await Promise.all([
    countJobsAhead(ctx.db, row, now),
    listWorkersSeenSince(ctx.db, now - WORKER_SEEN_MS),
  ]);
  const waiting = explainWaiting(row, { now, ahead, workers });
  return toJob(row, kinds, { progress, place: { ahead, waiting } });
}

async function ownJob(ctx: Ctx, db: Db, id: string): Promise<JobRow> {
  const row = await findOwnJob(ctx, db, id);
  if (row === undefined) throw notFound("job");
  return row;
}

/** Enqueues one of the jobs offered by name. */
export async function submitJob(
  ctx: Ctx,
  kinds: JobKinds,
  input: SubmitJob,
): Promise<SubmittedJob> {
  const actor = requireActor(ctx, "backtest:run");
  const { kind, payload } = parseSubmission(kinds, input, actor);
  requireActor(ctx, kind.scope);
  const spec = {
    scope: "backtest:run",
    action: "job.create",
    kind: "job",
    replay: async (ctx: Ctx, id: string, tx: Db) => toSubmitted(await ownJob(ctx, tx, id)),
  } as const;
  const answer = await write(ctx, spec, async (tx, { userId }) => {
    const id = await enqueueJob(ctx, tx, {
      kind,
      payload,
      ownerId: userId,
      priority: input.priority,
      retriesMax: input.max_retries,
    });
    const row = await ownJob(ctx, tx, id);
    return {
      resourceId: id,
      after: { name: kind.name, priority: input.priority },
      answer: toSubmitted(row),
    };
  });
  await wakeJob(ctx, answer.job_id);
  return answer;
}

function toSubmitted(row: JobRow): SubmittedJob {
  return { job_id: row.id, status: row.status, created_at: toRfc3339(row.created_at) };
}

/** Cancels a job: a waiting one at once, a running one as soon as its worker hears of it. */
export async function cancelOwnJob(ctx: Ctx, kinds: JobKinds, id: string): Promise<Job> {
  const row = await write(
    ctx,
    { scope: "backtest:run", action: "job.cancel", kind: "job" },
    async (tx) => {
      const before = await ownJob(ctx, tx, id);
      if (before.status === "completed" || before.status === "failed") {
        throw new AppError("CONFLICT", `Cannot cancel the job: it is ${before.status}`);
      }
      if (await cancelJob(ctx, tx, id) === "cancelled" && before.status === "pending") {
        const payload = JSON.parse(before.payload);
        await kinds.get(before.kind)?.ended?.(ctx, tx, { jobId: id, payload, error: null });
      }
      return change(before, await ownJob(ctx, tx, id));
    },
  );
  await wakeJob(ctx, id);
  return await describe(ctx, kinds, row);
}

/** Puts a dead letter back in line, its checkpoint kept and its failures forgotten. */
export async function retryJob(ctx: Ctx, kinds: JobKinds, id: string): Promise<Job> {
  const row = await write(
    ctx,
    { scope: "backtest:run", action: "job.retry", kind: "job" },
    async (tx, actor) => {
      const before = await ownJob(ctx, tx, id);
      if (before.status !== "failed") {
        throw new AppError(
          "CONFLICT",
          `Cannot retry the job: it is ${before.status}, only a failed one is retried`,
        );
      }
      await revive(ctx, tx, kinds.get(before.kind), before);
      const turn = await nextTurn(tx, { ownerId: actor.userId, priority: before.priority });
      await reviveJob(tx, { id, turn, now: ctx.clock.now() });
      const after = await ownJob(ctx, tx, id);
      await ctx.events(ctx, tx, jobEvent(after, "requeued"));
      return change(before, after);
    },
  );
  await wakeJob(ctx, id);
  return await describe(ctx, kinds, row);
}

/** What the job works for has ended with it, so that has to go back in line too. */
async function revive(
  ctx: Ctx,
  tx: Db,
  kind: JobKind | undefined,
  row: JobRow,
): Promise<void> {
  if (kind?.revived !== undefined) return await kind.revived(ctx, tx, JSON.parse(row.payload));
  if (row.resource_id === null) return;
  throw new AppError(
    "CONFLICT",
    `Cannot retry the job: it works for ${row.resource_kind} "${row.resource_id}", submit that again`,
  );
}

function change(before: JobRow, after: JobRow) {
  return {
    resourceId: after.id,
    before: { status: before.status },
    after: { status: after.status, cancel_requested: after.cancel_requested === 1 },
    answer: after,
  };
}

/** Stops a job and removes it; one that works for a resource goes with that resource. */
export async function deleteOwnJob(ctx: Ctx, id: string): Promise<void> {
  const running = await write(
    ctx,
    { scope: "backtest:run", action: "job.delete", kind: "job" },
    async (tx) => await deleteInside(ctx, tx, await ownJob(ctx, tx, id)),
  );
  if (running) await announceCancel(ctx);
}

async function deleteInside(ctx: Ctx, tx: Db, row: JobRow) {
  if (row.resource_id !== null && !isFinished(row.status)) {
    throw new AppError(
      "CONFLICT",
      `Cannot delete the job: it works for ${row.resource_kind} "${row.resource_id}", delete that`,
    );
  }
  await deleteJobRow(tx, row.id);
  await ctx.events(ctx, tx, jobEvent(row, "deleted"));
  return {
    resourceId: row.id,
    before: { name: row.kind, status: row.status },
    answer: row.status === "running",
  };
}
