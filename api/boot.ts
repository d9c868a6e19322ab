/** Opens everything one process needs, in order, and closes it in reverse. */
import { join } from "node:path";
import { migrations } from "../migrations/mod.ts";
import { emitAudit } from "./audit/emit.ts";
import { createAnnouncements } from "./platform/announcements.ts";
import { createDatabaseBlobs } from "./platform/blobs.ts";
import { createCacheRegistry } from "./platform/cache.ts";
import { type Clock, createIds, type Random, systemClock, systemRandom } from "./platform/clock.ts";
import type { Settings } from "./platform/config.ts";
import type { Platform } from "./platform/context.ts";
import { migrate } from "./platform/database/migrate.ts";
import { createDeadlines } from "./platform/deadlines.ts";
import { openDatabase } from "./platform/database/open.ts";
import { databaseUrl } from "./platform/database/paths.ts";
import { createInvalidations } from "./platform/invalidations.ts";
import { openKv } from "./platform/kv.ts";
import { readOrCreateLocalSecrets } from "./platform/local_secrets.ts";
import { createLog } from "./platform/log.ts";
import { createMailPort } from "./platform/mail.ts";
import { createSecrets, type MasterKey } from "./platform/secrets.ts";
import { createTelemetry } from "./platform/telemetry.ts";
import { openTracing } from "./platform/tracing.ts";
import { createWriteBehinds } from "./platform/write_behind.ts";
import { createEventSink } from "./realtime/events.ts";

/** The names of every migration that this program knows, in order. */
export const SCHEMA: readonly string[] = migrations.map(({ name }) => name);

export interface OpenPlatform {
  readonly platform: Platform;
  /** What a command on this machine proves itself with; null when the database is a server. */
  readonly localToken: string | null;
  close(): Promise<void>;
}

export interface BootOptions {
  readonly clock?: Clock;
  readonly random?: Random;
}

/** @throws Error that names what could not be opened; nothing stays open then. */
export async function openPlatform(
  settings: Settings,
  { clock = systemClock, random = systemRandom }: BootOptions = {},
): Promise<OpenPlatform> {
  const { masterKeys, localToken } = await findSecrets(settings, random);
  const database = await openDatabase({
    url: databaseUrl(settings),
    ...(settings.DATABASE_AUTH_TOKEN === undefined
      ? {}
      : { authToken: settings.DATABASE_AUTH_TOKEN }),
  });
  try {
    await migrate(database.db, migrations, () => clock.now());
    const kv = await openKv(kvLocation(settings));
    const log = createLog("api");
    const ids = createIds(clock, random);
    const announcements = createAnnouncements(kv, log);
    const caches = createCacheRegistry(() => clock.now());
    const invalidations = createInvalidations(database.db, clock);
    invalidations.subscribe(({ topic, key }) => {
      if (topic === "cache_keys") caches.purge(key);
    });
    const platform: Platform = {
      settings,
      db: database.db,
      kv,
      blobs: createDatabaseBlobs(database.db, clock),
      caches,
      clock,
      ids,
      random,
      secrets: await createSecrets(masterKeys, random),
      invalidations,
      log,
      telemetry: createTelemetry(),
      tracing: await openTracing(["true", "1"].includes(settings.OTEL_DENO)),
      audit: emitAudit,
      events: createEventSink(announcements),
      announcements,
      writeBehinds: createWriteBehinds(log),
      // A client waits in real time, whatever clock the rest lives by.
      deadlines: createDeadlines(systemClock.monotonic),
      mail: createMailPort(settings, { clock, ids }),
    };
    return { platform, localToken, close: () => closeAll(platform, database.close) };
  } catch (err) {
    await database.close();
    throw err;
  }
}

async function findSecrets(
  settings: Settings,
  random: Random,
): Promise<{ masterKeys: readonly MasterKey[]; localToken: string | null }> {
  const masterKeys = settings.MASTER_KEYS;
  if (masterKeys === undefined) return await readOrCreateLocalSecrets(settings.DATA_DIR, random);
  // Only who has a database file to itself is asked by commands that cannot open it.
  if (!(settings.DATABASE_URL ?? "file:").startsWith("file:")) {
    return { masterKeys, localToken: null };
  }
  const { localToken } = await readOrCreateLocalSecrets(settings.DATA_DIR, random);
  return { masterKeys, localToken };
}

function kvLocation(settings: Settings): string | undefined {
  if (settings.KV_URL === "platform") return undefined;
  return settings.KV_URL ?? join(settings.DATA_DIR, "candlewick.kv");
}

async function closeAll(
  { kv, announcements, deadlines, writeBehinds }: Platform,
  closeDatabase: () => Promise<void>,
): Promise<void> {
  deadlines.close();
  await writeBehinds.close();
  await announcements.close();
  try {
    kv.close();
  } catch (err) {
    if (!(err instanceof Deno.errors.BadResource)) throw err;
  }
  await closeDatabase();
}
