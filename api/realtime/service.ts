/** An owner's events: the same stream over REST, SSE and WebSocket. */
import { toRfc3339 } from "../platform/clock.ts";
import { type Ctx, requireActor } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import type { ListEvents, OwnEvent } from "./schema.ts";
import { type EventRow, findEventBounds, listEventsAfter } from "./store.ts";

export { sweepEvents } from "./sweep.ts";

/**
 * The actor's events after a sequence number, or from the oldest one that is kept.
 *
 * @throws AppError CONFLICT when events after it are gone: the client must read its resources anew.
 */
export async function listEvents(
  ctx: Ctx,
  { after: seen, limit }: ListEvents,
): Promise<{ items: OwnEvent[]; last_seq: number }> {
  requireActor(ctx, "read");
  const { lastSeq, firstKeptSeq } = await findEventBounds(ctx.db, ctx);
  const after = seen ?? firstKeptSeq - 1;
  if (after > lastSeq || after + 1 < firstKeptSeq) {
    throw new AppError(
      "CONFLICT",
      `Cannot resume after event ${after}: the last one is ${lastSeq}, ` +
        `and those before ${firstKeptSeq} are gone`,
      { details: { resync_required: true, last_seq: lastSeq } },
    );
  }
  const rows = await listEventsAfter(ctx.db, ctx, after, limit);
  return { items: rows.map(toOwnEvent), last_seq: lastSeq };
}

export function toOwnEvent(row: EventRow): OwnEvent {
  return {
    seq: row.seq,
    type: row.type,
    resource_kind: row.resource_kind,
    resource_id: row.resource_id,
    data: JSON.parse(row.data),
    created_at: toRfc3339(row.created_at),
  };
}
