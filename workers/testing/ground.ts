/** A folder with database and KV that test and worker processes open in turn, or share by URL. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type OpenPlatform, openPlatform } from "../../api/boot.ts";
import { enqueueJob, wakeJob } from "../../api/jobs/queue.ts";
import type { JobRow, JobTables } from "../../api/jobs/rows.ts";
import { createCtx, SYSTEM_USER_ID } from "../../api/platform/context.ts";
import { copyDatabaseFile } from "../../api/platform/database/copy.ts";
import { inTransaction, tables } from "../../api/platform/database/open.ts";
import { testSettings } from "../../api/testing.ts";
import type { LogLine, WorkerProcess } from "./processes.ts";
import { createTallyTable, tallyKind } from "./tally.ts";

export interface Ground extends AsyncDisposable {
  /** What a worker process is started with. */
  readonly environment: Record<string, string>;
  /** Opens the same database and KV in this process, for as long as `work` takes. */
  open<T>(work: (platform: OpenPlatform["platform"]) => Promise<T>): Promise<T>;
}

/** An empty database in a file, which one process has at a time. */
export async function layGround(dataDir: string): Promise<Ground> {
  const ground = openGround(dataDir);
  await ground.open(({ db }) => createTallyTable(db));
  return ground;
}

/** A database that was laid before; with `databaseUrl` a server's, which processes share. */
export function openGround(dataDir: string, databaseUrl?: string): Ground {
  const environment = {
    DATA_DIR: dataDir,
    JOB_LEASE_MS: "2000",
    WORKER_CPU_CORES: "4",
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  };
  return {
    environment,
    async open(work) {
      const { platform, close } = await openPlatform(testSettings(dataDir, environment));
      try {
        return await work(platform);
      } finally {
        await close();
      }
    },
    [Symbol.asyncDispose]: () => Deno.remove(dataDir, { recursive: true }),
  };
}

/**
 * A copy of the database that was laid in the folder, for a server in this process; answers its path.
 * The native client lets go of a file only when its statements are collected: that late, it takes the
 * log away from another library that has the file open by then, and damages it.
 */
export async function copyForServer(dataDir: string): Promise<string> {
  const path = join(dataDir, "served.db");
  const { signal } = new AbortController();
  await copyDatabaseFile(join(dataDir, "candlewick.db"), path, signal);
  using copy = new DatabaseSync(path);
  copy.exec("pragma journal_mode = wal");
  return path;
}

/** Enqueues jobs of the system's in one transaction and wakes whoever waits. */
export function enqueueTallies(
  ground: Ground,
  { jobs, steps, stepMs }: { jobs: number; steps: number; stepMs: number },
): Promise<string[]> {
  return ground.open(async (platform) => {
    const ctx = createCtx(platform, { actor: null, signal: new AbortController().signal });
    const ids = await inTransaction(ctx.db, async (tx) => {
      const ids: string[] = [];
      for (let index = 0; index < jobs; index++) {
        const payload = { steps, stepMs };
        const options = { kind: tallyKind, payload, ownerId: SYSTEM_USER_ID };
        ids.push(await enqueueJob(ctx, tx, options));
      }
      return ids;
    });
    for (const id of ids) await wakeJob(ctx, id);
    return ids;
  });
}

export function readRow(ground: Ground, id: string): Promise<JobRow> {
  return ground.open(({ db }) =>
    tables<JobTables>(db).selectFrom("jobs").selectAll().where("id", "=", id)
      .executeTakeFirstOrThrow()
  );
}

/** The line a worker logs at the end of a run. */
export function endOfRun(worker: WorkerProcess, outcome: string): Promise<LogLine> {
  return worker.waitFor("job run", (line) => line.outcome === outcome);
}
