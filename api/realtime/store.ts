import { type Ctx, ownedBy } from "../platform/context.ts";
import { type Db, tables } from "../platform/database/open.ts";
import type { EventTables } from "./events.ts";

export interface EventRow {
  row_id: number;
  owner_id: string;
  seq: number;
  type: string;
  resource_kind: string;
  resource_id: string;
  data: string;
  created_at: number;
}

interface ReadTables {
  events: EventRow;
  event_sequences: EventTables["event_sequences"];
}

function on(db: Db) {
  return tables<ReadTables>(db);
}

/** The actor's events after `seq`, oldest first. */
export async function listEventsAfter(
  db: Db,
  ctx: Pick<Ctx, "actor">,
  seq: number,
  limit: number,
): Promise<EventRow[]> {
  return await on(db).selectFrom("events").selectAll()
    .where("owner_id", "=", ownedBy(ctx)).where("seq", ">", seq)
    .orderBy("seq").limit(limit).execute();
}

/** The actor's newest sequence number, and the first that is kept or still to come. */
export async function findEventBounds(
  db: Db,
  ctx: Pick<Ctx, "actor">,
): Promise<{ lastSeq: number; firstKeptSeq: number }> {
  const owner = ownedBy(ctx);
  const last = await on(db).selectFrom("event_sequences").select("last_seq")
    .where("owner_id", "=", owner).executeTakeFirst();
  const first = await on(db).selectFrom("events").select("seq")
    .where("owner_id", "=", owner).orderBy("seq").limit(1).executeTakeFirst();
  const lastSeq = last?.last_seq ?? 0;
  return { lastSeq, firstKeptSeq: first?.seq ?? lastSeq + 1 };
}

/** Every owner's events that were written after `rowId`: for the feed, which sorts by owner. */
export async function listAllEventsAfter(
  db: Db,
  rowId: number,
  limit: number,
): Promise<EventRow[]> {
  return await on(db).selectFrom("events").selectAll()
    .where("row_id", ">", rowId).orderBy("row_id").limit(limit).execute();
}

export async function findNewestEventRowId(db: Db): Promise<number> {
  const row = await on(db).selectFrom("events").select("row_id")
    .orderBy("row_id", "desc").limit(1).executeTakeFirst();
  return row?.row_id ?? 0;
}

/** Deletes the oldest events of all owners, `limit` at most, that are from before `time`. */
export async function deleteOldestEvents(db: Db, time: number, limit: number): Promise<number> {
  const oldest = on(db).selectFrom("events").select("row_id").orderBy("row_id").limit(limit);
  const result = await on(db).deleteFrom("events")
    .where("row_id", "in", oldest).where("created_at", "<", time).executeTakeFirst();
  return Number(result.numDeletedRows);
}
