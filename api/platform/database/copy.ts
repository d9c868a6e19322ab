/** A database file copied as it is at one moment, while a process goes on using it. */
import { sql } from "kysely";
import { kyselyOf, tables } from "./open.ts";

/**
 * Writes a compact copy to `target`, which must not exist. A thread of its own does it, because the
 * native client blocks the one that calls it; readers and writers go on meanwhile.
 *
 * @throws Error that says why there is no copy; nothing is left at `target` then.
 */
export async function copyDatabaseFile(
  path: string,
  target: string,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const worker = new Worker(new URL("./copy_worker.ts", import.meta.url), {
    type: "module",
    name: "database copy",
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const stop = () => reject(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  worker.onmessage = ({ data }: MessageEvent<{ error: string | null }>) => {
    if (data.error === null) resolve();
    else reject(new Error(`Cannot copy the database: ${data.error}`));
  };
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Error(`Cannot copy the database: ${event.message}`));
  };
  worker.postMessage({ path, target });
  try {
    await promise;
  } catch (err) {
    await Deno.remove(target).catch(() => {});
    throw err;
  } finally {
    signal.removeEventListener("abort", stop);
    worker.terminate();
  }
}

/**
 * Reads a copy that nobody uses, every page of it.
 *
 * @returns the names of its migrations.
 * @throws Error that says what is wrong with it.
 */
export async function checkDatabaseFile(path: string): Promise<string[]> {
  await Deno.stat(path);
  const { createClient } = await import("@libsql/client");
  const db = kyselyOf(createClient({ url: `file:${path}` }));
  try {
    const { rows } = await sql<{ quick_check: string }>`pragma quick_check(1)`.execute(db);
    const found = rows[0]?.quick_check ?? "no answer";
    if (found !== "ok") throw new Error(`The database is damaged: ${found}`);
    const names = await tables<{ migrations: { name: string } }>(db)
      .selectFrom("migrations").select("name").orderBy("name").execute();
    return names.map(({ name }) => name);
  } finally {
    await db.destroy();
  }
}
