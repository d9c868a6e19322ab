/** A line for every answered request, written at most a second late and kept for a while. */
import { pause } from "../platform/clock.ts";
import type { Platform } from "../platform/context.ts";
import type { AnsweredRequest } from "../platform/http/request.ts";
import { isOpenRequest } from "../platform/rate_policies.ts";
import { type AccessRow, deleteAccessRowsBefore, insertAccessRows } from "./store.ts";

const DELAY_MS = 1_000;
const WAITING_MAX = 20_000;
const BATCH_MAX = 200;
/** A batch keeps the loop for some milliseconds, so that the next one lets requests go first. */
const BATCH_PAUSE_MS = 10;
const PATH_LENGTH_MAX = 512;
const DAY_MS = 86_400_000;
const DELETED_A_ROUND = 2_000;

/** Records answers, but for signs of life and the documentation; nothing with `ACCESS_LOG_DAYS=0`. */
export function createAccessLog(
  { db, clock, settings, writeBehinds }: Platform,
): (answered: AnsweredRequest) => void {
  if (settings.ACCESS_LOG_DAYS === 0) return () => {};
  const rows = writeBehinds.create<Omit<AccessRow, "row_id">>({
    name: "access-log",
    write: async (batch) => {
      await insertAccessRows(db, batch);
      await pause(BATCH_PAUSE_MS);
    },
    delayMs: DELAY_MS,
    itemsMax: WAITING_MAX,
    batchMax: BATCH_MAX,
  });
  return (answered) => {
    if (isOpenRequest(answered)) return;
    const { actor, requestId, method, path, status, durationMs, address, userAgent } = answered;
    rows.add({
      request_id: requestId,
      user_id: actor?.userId ?? null,
      session_id: actor?.sessionId ?? null,
      api_token_id: actor?.apiTokenId ?? null,
      method,
      // SQLite ends a text at a NUL, and with it what comes after.
      path: path.slice(0, PATH_LENGTH_MAX).replaceAll("\0", "\ufffd"),
      status,
      duration_ms: Math.round(durationMs * 1_000) / 1_000,
      address,
      user_agent: userAgent,
      created_at: clock.now(),
    });
  };
}

/** Deletes lines older than `ACCESS_LOG_DAYS`, in small steps; a schedule calls it. */
export async function sweepAccessLog(
  { db, clock, settings }: Pick<Platform, "db" | "clock" | "settings">,
  signal: AbortSignal,
): Promise<number> {
  const before = clock.now() - settings.ACCESS_LOG_DAYS * DAY_MS;
  let deleted = 0;
  for (let count = DELETED_A_ROUND; count === DELETED_A_ROUND && !signal.aborted;) {
    count = await deleteAccessRowsBefore(db, before, DELETED_A_ROUND);
    deleted += count;
  }
  return deleted;
}
