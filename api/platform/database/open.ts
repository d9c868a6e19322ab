/** Opens the database by URL scheme and asserts what correctness rests on. */
import type { Client } from "@libsql/client";
import { Kysely, sql } from "kysely";
import { dirname, fromFileUrl } from "./paths.ts";
import { insideTransaction, LibsqlDialect } from "./dialect.ts";

export { afterCommit } from "./dialect.ts";

/** A database or an open transaction; a store names its tables with `tables<…>(db)`. */
// deno-lint-ignore ban-types -- no table is known here
export type Db = Kysely<{}>;

/** The same connection seen with a store's own tables: types only, so the cast holds. */
export function tables<T>(db: Db): Kysely<T> {
  return db as unknown as Kysely<T>;
}

export interface DatabaseOptions {
  /** `file:…`, or `libsql:`, `https:`, `http:` for a server. */
  readonly url: string;
  readonly authToken?: string;
  /** How long SQLite waits for another process's lock. */
  readonly busyTimeoutMs?: number;
}

export interface OpenDatabase {
  readonly db: Db;
  close(): Promise<void>;
}

/** The file belongs to another process, which answers for it while it lives. */
export class DatabaseInUseError extends Error {
  readonly path: string;

  constructor(path: string) {
    super(
      `Cannot open database "${path}": another process has it open; stop that process, ` +
        `or set DATABASE_URL to a libSQL server that several processes can share`,
    );
    this.name = "DatabaseInUseError";
    this.path = path;
  }
}

/** @throws DatabaseInUseError, or Error when the server is out of reach. */
export async function openDatabase(options: DatabaseOptions): Promise<OpenDatabase> {
  return options.url.startsWith("file:") ? await openFile(options) : await openServer(options);
}

/** Runs `work` in one write transaction; it commits when `work` returns and rolls back when not. */
export async function inTransaction<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  const hooks: (() => void)[] = [];
  const result = await db.transaction().execute((tx) => insideTransaction(hooks, () => work(tx)));
  for (const hook of hooks) hook();
  return result;
}

async function openFile(options: DatabaseOptions): Promise<OpenDatabase> {
  const path = fromFileUrl(options.url);
  await Deno.mkdir(dirname(path), { recursive: true });
  const lock = await lockDatabaseFile(path);
  try {
    const { createClient } = await import("@libsql/client");
    const client = createClient({ url: `file:${path}`, timeout: options.busyTimeoutMs ?? 5_000 });
    const db = kyselyOf(client);
    await sql`pragma journal_mode = wal`.execute(db);
    await assertDurable(db);
    return { db, close: () => db.destroy().finally(() => lock.close()) };
  } catch (err) {
    lock.close();
    throw err;
  }
}

async function openServer(options: DatabaseOptions): Promise<OpenDatabase> {
  const { createClient } = await import("@libsql/client/web");
  const client = createClient({
    url: options.url,
    ...(options.authToken === undefined ? {} : { authToken: options.authToken }),
  });
  const db = kyselyOf(client as unknown as Client);
  await sql`select 1`.execute(db);
  return { db, close: () => db.destroy() };
}

/** Kysely over a client that is open. */
export function kyselyOf(client: Client): Db {
  return new Kysely({ dialect: new LibsqlDialect(client) });
}

/**
 * SQLite 3.45 loses data when two processes write and checkpoint one WAL file at once, so a file
 * belongs to the process that holds this lock; the system frees it when the process dies.
 */
export async function lockDatabaseFile(path: string): Promise<Deno.FsFile> {
  const lock = await Deno.open(`${path}.lock`, { create: true, write: true });
  if (await lock.tryLock(true)) return lock;
  lock.close();
  throw new DatabaseInUseError(path);
}

async function assertDurable(db: Db): Promise<void> {
  const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(db);
  if (rows[0]?.synchronous !== 2) {
    throw new Error("The database is not in synchronous=FULL: a committed order could be lost");
  }
}
