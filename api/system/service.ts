/** What the process says of itself. */
import { withDeadline } from "../platform/clock.ts";
import type { Ctx } from "../platform/context.ts";
import type { Ready } from "./schema.ts";
import { pingDatabase } from "./store.ts";

export { type Backups, copyDatabase, createBackups } from "./backup.ts";

export { getResources } from "./resources.ts";
export { VERSION } from "./version.ts";

const PROBE_DEADLINE_MS = 2_000;

/** Tries the database and the KV; a part that does not answer in two seconds is down. */
export async function checkReady(ctx: Ctx): Promise<Ready> {
  const [database, kv] = await Promise.all([
    probe(ctx, () => pingDatabase(ctx.db)),
    probe(ctx, () => ctx.kv.get(["ready-probe"])),
  ]);
  const parts = { database, kv };
  const notReady = Object.entries(parts).filter(([, { ok }]) => !ok).map(([name]) => name);
  return { ready: notReady.length === 0, not_ready: notReady, parts };
}

async function probe(ctx: Ctx, work: () => Promise<unknown>): Promise<Ready["parts"][string]> {
  const start = ctx.clock.monotonic();
  let error: string | null = null;
  try {
    await withDeadline(work(), PROBE_DEADLINE_MS);
  } catch (err) {
    ctx.log.warning("part is not ready", { error: err });
    const isLate = err instanceof DOMException && err.name === "TimeoutError";
    error = isLate ? `Gave no answer within ${PROBE_DEADLINE_MS} ms` : "Cannot be reached";
  }
  const ms = Math.round((ctx.clock.monotonic() - start) * 1000) / 1000;
  return { ok: error === null, latency_ms: ms, error };
}
