/** What workers do to job rows: every change names the fence, so a lost lease changes nothing. */
import { sql } from "kysely";
import { type Db, tables } from "../platform/database/open.ts";
import type { JobRow, JobTables } from "./rows.ts";

/** One claim of one job. */
export interface Lease {
  readonly id: string;
  readonly fence: number;
}

/** Takes a waiting job; undefined when another worker was faster or it waits no more. */
export async function claimJobRow(
  tx: Db,
  { id, workerId, now, leaseMs }: { id: string; workerId: string; now: number; leaseMs: number },
): Promise<JobRow | undefined> {
  return await tables<JobTables>(tx).updateTable("jobs")
    .set((eb) => ({
      status: "running" as const,
      lease_owner: workerId,
      lease_until: now + leaseMs,
      fence: eb("fence", "+", 1),
      attempts: eb("attempts", "+", 1),
      started_at: eb.fn.coalesce("started_at", eb.val(now)),
      updated_at: now,
      version: eb("version", "+", 1),
    }))
    .where("id", "=", id).where("status", "=", "pending").where("not_before", "<=", now)
    .returningAll().executeTakeFirst();
}

/** Moves the clock of turns on to the job just started. */
export async function advanceTurn(
  tx: Db,
  { priority, turn }: Pick<JobRow, "priority" | "turn">,
): Promise<void> {
  await tables<JobTables>(tx).updateTable("job_turns").set({ turn })
    .where("priority", "=", priority).where("turn", "<", turn).execute();
}

/** The turn of a job that goes back in line: after the owner's others that have begun. */
export async function nextTurnOfStarted(
  tx: Db,
  { owner_id, priority }: Pick<JobRow, "owner_id" | "priority">,
): Promise<number> {
  const db = tables<JobTables>(tx);
  const now = await db.selectFrom("job_turns").select("turn")
    .where("priority", "=", priority).executeTakeFirstOrThrow();
  const own = await db.selectFrom("jobs").select((eb) => eb.fn.max("turn").as("turn"))
    .where("owner_id", "=", owner_id).where("priority", "=", priority)
    .where("status", "in", ["pending", "running"]).where("attempts", ">", 0)
    .executeTakeFirst();
  return Math.max(now.turn, Number(own?.turn ?? -1) + 1);
}

/** Prolongs a lease and says whether the owner wants the job cancelled; null when it is lost. */
export async function extendLease(
  db: Db,
  { id, fence }: Lease,
  { leaseUntil, progress }: { leaseUntil: number; progress: string | null },
): Promise<{ cancelRequested: boolean } | null> {
  const row = await tables<JobTables>(db).updateTable("jobs")
    .set({ lease_until: leaseUntil, ...(progress === null ? {} : { progress }) })
    .where("id", "=", id).where("fence", "=", fence).where("status", "=", "running")
    .returning("cancel_requested").executeTakeFirst();
  return row === undefined ? null : { cancelRequested: row.cancel_requested === 1 };
}

/** The runs this worker holds, and whether their owners want them cancelled. */
export async function findHeldRuns(
  db: Db,
  workerId: string,
): Promise<Map<string, { fence: number; cancelRequested: boolean }>> {
  const rows = await tables<JobTables>(db).selectFrom("jobs")
    .select(["id", "fence", "cancel_requested"])
    .where("status", "=", "running").where("lease_owner", "=", workerId).execute();
  return new Map(
    rows.map(({ id, fence, cancel_requested }) => [
      id,
      { fence, cancelRequested: cancel_requested === 1 },
    ]),
  );
}

/** Keeps where a run stands; false when its lease is lost. */
export async function upsertCheckpoint(
  db: Db,
  { id, fence }: Lease,
  { bytes, now }: { bytes: Uint8Array<ArrayBuffer>; now: number },
): Promise<boolean> {
  const held = tables<JobTables>(db).selectFrom("jobs")
    .select((eb) => ["id", eb.val(bytes).as("bytes"), eb.val(now).as("saved_at")] as const)
    .where("id", "=", id).where("fence", "=", fence).where("status", "=", "running");
  const result = await tables<JobTables>(db).insertInto("job_checkpoints")
    .columns(["job_id", "bytes", "saved_at"]).expression(held)
    .onConflict((conflict) =>
      conflict.column("job_id").doUpdateSet({
        bytes: sql`excluded.bytes`,
        saved_at: sql`excluded.saved_at`,
      })
    )
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function findCheckpoint(db: Db, jobId: string) {
  const row = await tables<JobTables>(db).selectFrom("job_checkpoints").select("bytes")
    .where("job_id", "=", jobId).executeTakeFirst();
  return row === undefined ? null : new Uint8Array(row.bytes);
}

/** Ends a run: the row leaves `running` in one statement; false when the lease is lost. */
export async function endRun(
  tx: Db,
  { id, fence }: Lease,
  { now, ranMs, ...changes }: RunEnd,
): Promise<boolean> {
  const result = await tables<JobTables>(tx).updateTable("jobs")
    .set((eb) => ({
      ...changes,
      lease_owner: null,
      lease_until: null,
      ran_ms: eb("ran_ms", "+", ranMs),
      updated_at: now,
      version: eb("version", "+", 1),
    }))
    .where("id", "=", id).where("fence", "=", fence).where("status", "=", "running")
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export interface RunEnd extends
  Partial<
    Pick<
      JobRow,
      | "status"
      | "turn"
      | "not_before"
      | "ready_at"
      | "failures"
      | "deaths"
      | "barren_slices"
      | "progress"
      | "result"
      | "error_code"
      | "error_message"
      | "finished_at"
    >
  > {
  readonly now: number;
  readonly ranMs: number;
}

/** Running jobs whose lease ended before `now`: their worker died or lost the database. */
export async function listExpiredLeases(db: Db, now: number, limit: number): Promise<JobRow[]> {
  return await tables<JobTables>(db).selectFrom("jobs").selectAll()
    .where("status", "=", "running").where("lease_until", "<", now)
    .orderBy("lease_until").limit(limit).execute();
}

/** Waiting jobs in the order workers take them. */
export async function listPendingJobs(db: Db, limit: number): Promise<JobRow[]> {
  return await tables<JobTables>(db).selectFrom("jobs").selectAll()
    .where("status", "=", "pending")
    .orderBy("priority").orderBy("turn").orderBy("id").limit(limit).execute();
}

export interface DueQuery {
  readonly now: number;
  readonly kinds: ReadonlySet<string>;
  readonly memoryMbMax: number;
  /** Only jobs expected to take less. */
  readonly estimateMsBelow?: number;
  readonly limit: number;
}

/** Waiting jobs that a worker may take now, in order. */
export async function listDueJobs(db: Db, query: DueQuery): Promise<JobRow[]> {
  let due = tables<JobTables>(db).selectFrom("jobs").selectAll()
    .where("status", "=", "pending").where("not_before", "<=", query.now)
    .where("kind", "in", [...query.kinds]).where("memory_mb", "<=", query.memoryMbMax);
  if (query.estimateMsBelow !== undefined) {
    due = due.where("estimate_ms", "<", query.estimateMsBelow);
  }
  return await due.orderBy("priority").orderBy("turn").orderBy("id").limit(query.limit).execute();
}

/** Makes every lease end now: for a database file, whose only process has just started. */
export async function expireAllLeases(db: Db): Promise<void> {
  await tables<JobTables>(db).updateTable("jobs").set({ lease_until: 0 })
    .where("status", "=", "running").execute();
}

export type WorkerRow = JobTables["job_workers"];

export async function upsertWorker(db: Db, row: WorkerRow): Promise<void> {
  await tables<JobTables>(db).insertInto("job_workers").values(row)
    .onConflict((conflict) =>
      conflict.column("id").doUpdateSet({ running: row.running, seen_at: row.seen_at })
    ).execute();
}

export async function deleteWorker(db: Db, id: string): Promise<void> {
  await tables<JobTables>(db).deleteFrom("job_workers").where("id", "=", id).execute();
}

export async function deleteWorkersSeenBefore(db: Db, before: number): Promise<void> {
  await tables<JobTables>(db).deleteFrom("job_workers").where("seen_at", "<", before).execute();
}

export async function listWorkersSeenSince(db: Db, since: number): Promise<WorkerRow[]> {
  return await tables<JobTables>(db).selectFrom("job_workers").selectAll()
    .where("seen_at", ">=", since).limit(1_000).execute();
}
