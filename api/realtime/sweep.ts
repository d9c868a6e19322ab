/** Forgets old events: whoever was away for longer reads their resources anew. */
import type { Platform } from "../platform/context.ts";
import { deleteOldestEvents } from "./store.ts";

const KEPT_MS = 30 * 86_400_000;
const DELETED_A_ROUND = 1_000;

/** Deletes events of more than 30 days ago in small transactions. A schedule calls it. */
export async function sweepEvents(
  { db, clock }: Pick<Platform, "db" | "clock">,
  signal: AbortSignal,
): Promise<number> {
  const before = clock.now() - KEPT_MS;
  let deleted = 0;
  for (let count = DELETED_A_ROUND; count === DELETED_A_ROUND && !signal.aborted;) {
    count = await deleteOldestEvents(db, before, DELETED_A_ROUND);
    deleted += count;
  }
  return deleted;
}
