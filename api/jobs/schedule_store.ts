/** The `schedules` table: what is due, and who runs it. */
import { type Db, tables } from "../platform/database/open.ts";
import type { JobTables } from "./rows.ts";

export type ScheduleRow = JobTables["schedules"];

/** Adds a schedule, or changes how often an existing one runs. */
export async function upsertSchedule(
  tx: Db,
  { name, kind, everyMs, firstAt }: {
    name: string;
    kind: string;
    everyMs: number;
    firstAt: number;
  },
): Promise<void> {
  await tables<JobTables>(tx).insertInto("schedules").values({
    name,
    kind,
    every_ms: everyMs,
    next_at: firstAt,
    lease_owner: null,
    lease_until: 0,
    fence: 0,
    ran_at: null,
    error_message: null,
  }).onConflict((conflict) => conflict.column("name").doUpdateSet({ kind, every_ms: everyMs }))
    .execute();
}

export async function deleteSchedule(tx: Db, name: string): Promise<void> {
  await tables<JobTables>(tx).deleteFrom("schedules").where("name", "=", name).execute();
}

/** Takes the schedule that is due longest and that nobody runs. */
export async function claimDueSchedule(
  db: Db,
  { kinds, workerId, now, leaseMs }: {
    kinds: readonly string[];
    workerId: string;
    now: number;
    leaseMs: number;
  },
): Promise<ScheduleRow | undefined> {
  return await tables<JobTables>(db).updateTable("schedules")
    .set((eb) => ({
      lease_owner: workerId,
      lease_until: now + leaseMs,
      fence: eb("fence", "+", 1),
    }))
    .where("name", "=", (eb) =>
      eb.selectFrom("schedules").select("name")
        .where("kind", "in", [...kinds]).where("next_at", "<=", now)
        .where("lease_until", "<=", now)
        .orderBy("next_at").limit(1))
    .returningAll().executeTakeFirst();
}

export async function extendScheduleLease(
  db: Db,
  { name, fence }: Pick<ScheduleRow, "name" | "fence">,
  leaseUntil: number,
): Promise<boolean> {
  const result = await tables<JobTables>(db).updateTable("schedules")
    .set({ lease_until: leaseUntil })
    .where("name", "=", name).where("fence", "=", fence).executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Moves a schedule on to its next time; false when another worker holds it. */
export async function finishSchedule(
  db: Db,
  { name, fence }: Pick<ScheduleRow, "name" | "fence">,
  { nextAt, ranAt, errorMessage }: { nextAt: number; ranAt: number; errorMessage: string | null },
): Promise<boolean> {
  const result = await tables<JobTables>(db).updateTable("schedules")
    .set({
      next_at: nextAt,
      ran_at: ranAt,
      error_message: errorMessage,
      lease_owner: null,
      lease_until: 0,
    })
    .where("name", "=", name).where("fence", "=", fence).executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** When the next schedule of these kinds is due; null when there is none. */
export async function findNextDue(db: Db, kinds: readonly string[]): Promise<number | null> {
  const row = await tables<JobTables>(db).selectFrom("schedules")
    .select((eb) => eb.fn.min("next_at").as("next_at"))
    .where("kind", "in", [...kinds]).executeTakeFirst();
  return row === undefined || row.next_at === null ? null : Number(row.next_at);
}
