/** The outbox: one gapless sequence of events per owner, written in the verb's transaction. */
import { sql } from "kysely";
import type { Announcements } from "../platform/announcements.ts";
import type { EventSink } from "../platform/context.ts";
import { afterCommit, tables } from "../platform/database/open.ts";

export interface EventTables {
  events: {
    owner_id: string;
    seq: number;
    type: string;
    resource_kind: string;
    resource_id: string;
    data: string;
    created_at: number;
  };
  event_sequences: { owner_id: string; last_seq: number };
}

/** The sink that writes events, and announces them once their transaction has committed. */
export function createEventSink(announcements: Announcements): EventSink {
  return async ({ clock }, tx, entry) => {
    const db = tables<EventTables>(tx);
    const { last_seq } = await db.insertInto("event_sequences")
      .values({ owner_id: entry.ownerId, last_seq: 1 })
      .onConflict((conflict) =>
        conflict.column("owner_id").doUpdateSet({ last_seq: sql`event_sequences.last_seq + 1` })
      )
      .returning("last_seq")
      .executeTakeFirstOrThrow();
    await db.insertInto("events").values({
      owner_id: entry.ownerId,
      seq: last_seq,
      type: entry.type,
      resource_kind: entry.resourceKind,
      resource_id: entry.resourceId,
      data: JSON.stringify(entry.data),
      created_at: clock.now(),
    }).execute();
    afterCommit(() => announcements.announce());
  };
}
