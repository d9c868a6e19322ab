/** The database as one file, for a command on the server's machine. */
import { join } from "node:path";
import { type Ctx, requireActor, SYSTEM_USER_ID } from "../platform/context.ts";
import { copyDatabaseFile } from "../platform/database/copy.ts";
import { databaseUrl, fromFileUrl } from "../platform/database/paths.ts";
import { AppError } from "../platform/errors.ts";
import { write } from "../platform/write.ts";

const COPY_FILE = "backup.part";

/** The one copy that may be under way: it takes as much disk as the database. */
export interface Backups {
  isRunning: boolean;
}

export function createBackups(): Backups {
  return { isRunning: false };
}

export interface DatabaseCopy {
  readonly bytes: number;
  /** The file's content; the file goes when it was read or let go of. */
  readonly content: ReadableStream<Uint8Array<ArrayBuffer>>;
}

/**
 * Copies the database as it is at one moment, beside what goes on.
 *
 * @throws AppError FORBIDDEN for whoever is not on this machine, CONFLICT while a copy is made or
 * when the database is a server's.
 */
export async function copyDatabase(ctx: Ctx, backups: Backups): Promise<DatabaseCopy> {
  const actor = requireActor(ctx, "admin");
  if (actor.role !== "system") {
    throw new AppError("FORBIDDEN", "Cannot copy the database: only a command on its machine may");
  }
  const url = databaseUrl(ctx.settings);
  if (!url.startsWith("file:")) {
    throw new AppError(
      "CONFLICT",
      "Cannot copy the database: it belongs to a libSQL server, use that server's own backups",
    );
  }
  if (backups.isRunning) {
    throw new AppError("CONFLICT", "Cannot copy the database: a copy is being made already");
  }
  backups.isRunning = true;
  try {
    await recordCopy(ctx);
    const copy = join(ctx.settings.DATA_DIR, COPY_FILE);
    await removeIfThere(copy);
    await copyDatabaseFile(fromFileUrl(url), copy, ctx.signal);
    return await readAndRemove(copy, () => void (backups.isRunning = false));
  } catch (err) {
    backups.isRunning = false;
    throw err;
  }
}

async function recordCopy(ctx: Ctx): Promise<void> {
  const spec = { scope: "admin", action: "system.backup", kind: "database" } as const;
  await write(
    ctx,
    spec,
    () =>
      Promise.resolve({ resourceId: SYSTEM_USER_ID, ownerId: SYSTEM_USER_ID, answer: undefined }),
  );
}

async function readAndRemove(path: string, done: () => void): Promise<DatabaseCopy> {
  const { size } = await Deno.stat(path);
  const file = await Deno.open(path);
  async function end(): Promise<void> {
    await removeIfThere(path);
    done();
  }
  const pass = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    flush: end,
    cancel: end,
  });
  return { bytes: size, content: file.readable.pipeThrough(pass) };
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (err) {
    if (!(err instanceof Deno.errors.NotFound)) throw err;
  }
}
