/** Job rows as owners see and change them; what workers do to them is in lease_store.ts. */
import type { Ctx } from "../platform/context.ts";
import { ownedBy } from "../platform/context.ts";
import { type Db, tables } from "../platform/database/open.ts";
import type { PageQuery } from "../platform/http/schemas.ts";
import type { JobRow, JobStatus, JobTables } from "./rows.ts";

export async function insertJob(tx: Db, row: JobRow): Promise<void> {
  await tables<JobTables>(tx).insertInto("jobs").values(row).execute();
}

/** The turn an owner's next job gets: behind the owner's own, level with whoever runs now. */
export async function nextTurn(
  tx: Db,
  { ownerId, priority }: { ownerId: string; priority: number },
): Promise<number> {
  const db = tables<JobTables>(tx);
  const now = await currentTurn(tx, priority);
  const own = await db.selectFrom("jobs")
    .select((eb) => eb.fn.max("turn").as("turn"))
    .where("owner_id", "=", ownerId).where("priority", "=", priority)
    .where("status", "in", ["pending", "running"])
    .executeTakeFirst();
  return Math.max(now, own?.turn === null || own === undefined ? 0 : Number(own.turn) + 1);
}

/** The turn of the latest job started at this priority. */
export async function currentTurn(tx: Db, priority: number): Promise<number> {
  const row = await tables<JobTables>(tx).selectFrom("job_turns").select("turn")
    .where("priority", "=", priority).executeTakeFirstOrThrow();
  return row.turn;
}

/** True when the owner has at least `limit` waiting jobs. */
export async function hasPendingJobs(tx: Db, ownerId: string, limit: number): Promise<boolean> {
  const row = await tables<JobTables>(tx).selectFrom("jobs").select("row_id")
    .where("owner_id", "=", ownerId).where("status", "=", "pending")
    .limit(1).offset(limit - 1).executeTakeFirst();
  return row !== undefined;
}

/** By id alone: for those who hold the id by right, such as the resource the job works for. */
export async function findJobs(db: Db, ids: readonly string[]): Promise<JobRow[]> {
  if (ids.length === 0) return [];
  return await tables<JobTables>(db).selectFrom("jobs").selectAll()
    .where("id", "in", [...ids]).execute();
}

export async function findOwnJob(ctx: Pick<Ctx, "actor">, db: Db, id: string) {
  return await tables<JobTables>(db).selectFrom("jobs").selectAll()
    .where("id", "=", id).where("owner_id", "=", ownedBy(ctx)).executeTakeFirst();
}

export interface JobFilter {
  readonly status?: JobStatus;
  readonly kind?: string;
  readonly resourceId?: string;
}

export async function listOwnJobs(
  ctx: Pick<Ctx, "actor">,
  db: Db,
  { filter, page }: { filter: JobFilter; page: PageQuery },
): Promise<{ rows: JobRow[]; total: number }> {
  let query = tables<JobTables>(db).selectFrom("jobs").where("owner_id", "=", ownedBy(ctx));
  if (filter.status !== undefined) query = query.where("status", "=", filter.status);
  if (filter.kind !== undefined) query = query.where("kind", "=", filter.kind);
  if (filter.resourceId !== undefined) query = query.where("resource_id", "=", filter.resourceId);
  const rows = await query.selectAll()
    .orderBy("created_at", "desc").orderBy("row_id", "desc")
    .limit(page.limit).offset(page.offset).execute();
  const { total } = await query.select((eb) => eb.fn.countAll().as("total"))
    .executeTakeFirstOrThrow();
  return { rows, total: Number(total) };
}

/** How many due jobs of all owners run before this waiting one. */
export async function countJobsAhead(
  db: Db,
  job: Pick<JobRow, "priority" | "turn" | "id">,
  now: number,
): Promise<number> {
  const { ahead } = await tables<JobTables>(db).selectFrom("jobs")
    .select((eb) => eb.fn.countAll().as("ahead"))
    .where("status", "=", "pending").where("not_before", "<=", now)
    .where((eb) =>
      eb.or([
        eb("priority", "<", job.priority),
        eb.and([eb("priority", "=", job.priority), eb("turn", "<", job.turn)]),
        eb.and([
          eb("priority", "=", job.priority),
          eb("turn", "=", job.turn),
          eb("id", "<", job.id),
        ]),
      ])
    ).executeTakeFirstOrThrow();
  return Number(ahead);
}

/** Jobs by status: the owner's, or everybody's for `null`. */
export async function countJobsByStatus(
  db: Db,
  ownerId: string | null,
): Promise<Map<JobStatus, number>> {
  let query = tables<JobTables>(db).selectFrom("jobs");
  if (ownerId !== null) query = query.where("owner_id", "=", ownerId);
  const rows = await query.select((eb) => ["status", eb.fn.countAll().as("count")] as const)
    .groupBy("status").execute();
  return new Map(rows.map(({ status, count }) => [status, Number(count)]));
}

/** Waiting jobs of all owners by kind, for the metrics. */
export async function countPendingByKind(db: Db): Promise<Map<string, number>> {
  const rows = await tables<JobTables>(db).selectFrom("jobs")
    .select((eb) => ["kind", eb.fn.countAll().as("count")] as const)
    .where("status", "=", "pending").groupBy("kind").execute();
  return new Map(rows.map(({ kind, count }) => [kind, Number(count)]));
}

/** Ends a job that waits; false when it does not wait any more. */
export async function cancelPendingJob(tx: Db, id: string, now: number): Promise<boolean> {
  const result = await tables<JobTables>(tx).updateTable("jobs")
    .set((eb) => ({
      status: "cancelled" as const,
      finished_at: now,
      updated_at: now,
      version: eb("version", "+", 1),
    }))
    .where("id", "=", id).where("status", "=", "pending").executeTakeFirst();
  if (result.numUpdatedRows !== 1n) return false;
  await deleteCheckpoint(tx, id);
  return true;
}

/** Asks the worker that runs a job to stop; false when none runs it. */
export async function requestCancel(tx: Db, id: string, now: number): Promise<boolean> {
  const result = await tables<JobTables>(tx).updateTable("jobs")
    .set((eb) => ({
      cancel_requested: 1 as const,
      updated_at: now,
      version: eb("version", "+", 1),
    }))
    .where("id", "=", id).where("status", "=", "running").executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Puts a failed job back in line with its counters at zero and its checkpoint kept. */
export async function reviveJob(
  tx: Db,
  { id, turn, now }: { id: string; turn: number; now: number },
): Promise<void> {
  await tables<JobTables>(tx).updateTable("jobs")
    .set((eb) => ({
      status: "pending" as const,
      turn,
      not_before: 0,
      ready_at: now,
      failures: 0,
      deaths: 0,
      barren_slices: 0,
      cancel_requested: 0 as const,
      error_code: null,
      error_message: null,
      finished_at: null,
      updated_at: now,
      version: eb("version", "+", 1),
    }))
    .where("id", "=", id).where("status", "=", "failed").execute();
}

export async function deleteJob(tx: Db, id: string): Promise<void> {
  await deleteCheckpoint(tx, id);
  await tables<JobTables>(tx).deleteFrom("jobs").where("id", "=", id).execute();
}

export async function deleteCheckpoint(tx: Db, id: string): Promise<void> {
  await tables<JobTables>(tx).deleteFrom("job_checkpoints").where("job_id", "=", id).execute();
}

/** Deletes jobs that finished before `before`, an owner's or (null) everybody's. */
export async function deleteFinishedJobs(
  tx: Db,
  { ownerId, before, limit }: { ownerId: string | null; before: number; limit: number },
): Promise<number> {
  let old = tables<JobTables>(tx).selectFrom("jobs").select("id")
    .where("status", "in", ["completed", "cancelled", "failed"])
    .where("finished_at", "<", before);
  if (ownerId !== null) old = old.where("owner_id", "=", ownerId);
  const ids = (await old.limit(limit).execute()).map(({ id }) => id);
  if (ids.length === 0) return 0;
  await tables<JobTables>(tx).deleteFrom("job_checkpoints").where("job_id", "in", ids).execute();
  await tables<JobTables>(tx).deleteFrom("jobs").where("id", "in", ids).execute();
  return ids.length;
}
