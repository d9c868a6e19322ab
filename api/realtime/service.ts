/** An owner's events: the same stream over REST, SSE and WebSocket. */
import { toRfc3339 } from "../platform/clock.ts";
import { type Ctx, requireActor } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import type { ListEvents, OwnEvent } from "./schema.ts";
import { type EventRow, findEventBounds, listEventsAfter } from "./store.ts";

/**
 * The actor's events after a sequence number.
 *
 * @throws AppError CONFLICT when events after it are gone: the client must read its resources anew.
 */
export async function listEvents(
  ctx: Ctx,
  { after, limit }: ListEvents,
): Promise<{ items: OwnEvent[]; last_seq: number }> {
  requireActor(ctx, "read");
  const { lastSeq, firstKeptSeq } = await findEventBounds(ctx.db, ctx);
  if (after > lastSeq || (firstKeptSeq > 0 && after + 1 < firstKeptSeq)) {
    throw new AppError(
      "CONFLICT",
      `Cannot resume after event ${after}: only ${firstKeptSeq} to ${lastSeq} are kept`,
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
