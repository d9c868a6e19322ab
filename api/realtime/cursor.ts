/** One owner's events from a sequence number on: each once, in order, past and new alike. */
import type { Ctx } from "../platform/context.ts";
import type { EventFeed } from "./feed.ts";
import { type EventRow, findEventBounds, listEventsAfter } from "./store.ts";

const PAGE = 500;

export interface CursorOptions {
  /** The last sequence number seen; null starts with what comes now. */
  readonly after: number | null;
  readonly deliver: (event: EventRow) => void;
  /** Awaited between pages of the past, so that a slow reader is not flooded. */
  readonly ready?: () => Promise<void>;
}

export interface EventCursor {
  /** The newest sequence number when the cursor was opened. */
  readonly lastSeq: number;
  close(): void;
}

/** Opens a cursor, or answers where the events begin and end when those after it are gone. */
export async function openCursor(
  ctx: Pick<Ctx, "db" | "actor">,
  feed: EventFeed,
  options: CursorOptions,
): Promise<EventCursor | { readonly resyncFrom: number }> {
  const ownerId = ctx.actor?.userId ?? "";
  const held: EventRow[] = [];
  let live: (event: EventRow) => void = (event) => void held.push(event);
  const stopListening = await feed.listen(ownerId, (event) => live(event));
  try {
    const { lastSeq, firstKeptSeq } = await findEventBounds(ctx.db, ctx);
    const after = options.after ?? lastSeq;
    if (after > lastSeq || after + 1 < firstKeptSeq) {
      stopListening();
      return { resyncFrom: lastSeq };
    }
    const seen = await deliverPast(ctx, after, options);
    live = deliverOnce(seen, options.deliver);
    for (const event of held) live(event);
    return { lastSeq, close: stopListening };
  } catch (err) {
    stopListening();
    throw err;
  }
}

/** Delivers what the outbox holds after `seq`; answers the last number delivered. */
async function deliverPast(
  ctx: Pick<Ctx, "db" | "actor">,
  seq: number,
  { deliver, ready }: CursorOptions,
): Promise<number> {
  let last = seq;
  for (;;) {
    const rows = await listEventsAfter(ctx.db, ctx, last, PAGE);
    for (const row of rows) {
      deliver(row);
      last = row.seq;
    }
    if (rows.length < PAGE) return last;
    await ready?.();
  }
}

/** The feed is ordered and complete from its first event on, so numbers below are repeats. */
function deliverOnce(
  seen: number,
  deliver: (event: EventRow) => void,
): (event: EventRow) => void {
  let last = seen;
  return (event) => {
    if (event.seq <= last) return;
    last = event.seq;
    deliver(event);
  };
}
