/** What the process says of itself. */
import { withDeadline } from "../platform/clock.ts";
import type { Ctx } from "../platform/context.ts";
import { pingDatabase } from "./store.ts";

export { type Backups, copyDatabase, createBackups } from "./backup.ts";

export const VERSION = "0.1.0";

const PROBE_DEADLINE_MS = 2_000;

export interface PartState {
  readonly ok: boolean;
  readonly latency_ms: number;
}

/** Tries the database and the KV; a part that does not answer in two seconds is down. */
export async function checkReady(
  ctx: Ctx,
): Promise<{ ready: boolean; parts: Record<string, PartState> }> {
  const [database, kv] = await Promise.all([
    probe(ctx, () => pingDatabase(ctx.db)),
    probe(ctx, () => ctx.kv.get(["ready-probe"])),
  ]);
  return { ready: database.ok && kv.ok, parts: { database, kv } };
}

async function probe(ctx: Ctx, work: () => Promise<unknown>): Promise<PartState> {
  const start = ctx.clock.monotonic();
  let ok = true;
  try {
    await withDeadline(work(), PROBE_DEADLINE_MS);
  } catch (err) {
    ctx.log.warning("part is not ready", { error: err });
    ok = false;
  }
  return { ok, latency_ms: Math.round((ctx.clock.monotonic() - start) * 1000) / 1000 };
}
