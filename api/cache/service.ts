/** The caches of the process that answers, and deleting from those of every process. */
import { type Ctx, requireActor, SYSTEM_USER_ID } from "../platform/context.ts";
import { write } from "../platform/write.ts";
import type { CacheHealth, CacheStatsAnswer, PurgedKeys } from "./schema.ts";

const MEGABYTE = 1_048_576;

/** Tells whether this process still learns what others change; without that it uses no cache. */
export async function getCacheHealth(ctx: Ctx): Promise<CacheHealth> {
  requireActor(ctx, "read");
  const connected = await isConnected(ctx);
  return {
    status: connected ? "healthy" : "degraded",
    connected,
    backend: "memory",
    redis_version: null,
  };
}

async function isConnected({ invalidations, log }: Ctx): Promise<boolean> {
  try {
    await invalidations.catchUp();
    return true;
  } catch (err) {
    log.warning("changes of other processes do not arrive", { error: err });
    return false;
  }
}

/** Adds up the figures of this process's caches. */
export function getCacheStats(ctx: Ctx): CacheStatsAnswer {
  requireActor(ctx, "read");
  const caches = ctx.caches.list().map((cache) => cache.stats());
  const sum = (figure: (each: typeof caches[number]) => number) =>
    caches.reduce((total, each) => total + figure(each), 0);
  const hits = sum((each) => each.hits);
  const lookUps = hits + sum((each) => each.misses);
  const bytes = sum((each) => each.bytes);
  const hitRate = lookUps === 0 ? 0 : hits / lookUps;
  return {
    total_keys: sum((each) => each.entries),
    memory_used: `${(bytes / MEGABYTE).toFixed(1)}MB`,
    memory_bytes: bytes,
    hit_rate: hitRate,
    miss_rate: lookUps === 0 ? 0 : 1 - hitRate,
    caches: caches.map(({ name, entries, entriesMax, bytes, hits, misses }) => ({
      name,
      keys: entries,
      keys_max: entriesMax,
      memory_bytes: bytes,
      hits,
      misses,
    })),
  };
}

/** Deletes matching keys here at once and in other processes within two seconds. */
export async function purgeCacheKeys(ctx: Ctx, pattern: string): Promise<PurgedKeys> {
  const spec = { scope: "admin", action: "cache.purge", kind: "cache" } as const;
  await write(ctx, spec, () =>
    Promise.resolve({
      resourceId: pattern,
      ownerId: SYSTEM_USER_ID,
      invalidates: [{ topic: "cache_keys" as const, key: pattern }],
      answer: undefined,
    }));
  return { deleted_count: ctx.caches.purge(pattern), pattern };
}
