/** Kysely over `@libsql/client`: one dialect for a file and for a libSQL server. */
import type { Client, InArgs, Transaction } from "@libsql/client";
import { Mutex } from "async-mutex";
import { AsyncLocalStorage } from "node:async_hooks";
import {
  type CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import { AppError } from "../errors.ts";

/**
 * Writers take turns here instead of inside SQLite: two write transactions of one process would
 * otherwise block the event loop for the whole busy timeout and then fail.
 */
export class LibsqlDialect implements Dialect {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  createAdapter(): SqliteAdapter {
    return new LibsqlAdapter();
  }

  createDriver(): Driver {
    return new LibsqlDriver(this.#client);
  }

  // deno-lint-ignore no-explicit-any -- Kysely's own signature
  createIntrospector(db: Kysely<any>): DatabaseIntrospector {
    return new SqliteIntrospector(db);
  }

  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler();
  }
}

/**
 * Kysely's own adapter lets one query run at a time; here reads go on beside an open transaction,
 * and the driver keeps writers apart.
 */
class LibsqlAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

/** Set while a transaction's callback runs, so that a stray write outside it fails loudly. */
const openTransaction = new AsyncLocalStorage<{ readonly hooks: (() => void)[] }>();

/** Runs a transaction's callback so that writes that bypass it are refused. */
export function insideTransaction<T>(
  hooks: (() => void)[],
  work: () => Promise<T>,
): Promise<T> {
  return openTransaction.run({ hooks }, work);
}

/** Runs `hook` when the open transaction has committed; at once when none is open. */
export function afterCommit(hook: () => void): void {
  const open = openTransaction.getStore();
  if (open === undefined) hook();
  else open.hooks.push(hook);
}

class LibsqlDriver implements Driver {
  readonly #client: Client;
  readonly #writers = new Mutex();

  constructor(client: Client) {
    this.#client = client;
  }

  async init(): Promise<void> {}

  acquireConnection(): Promise<LibsqlConnection> {
    return Promise.resolve(new LibsqlConnection(this.#client, this.#writers));
  }

  beginTransaction(connection: LibsqlConnection): Promise<void> {
    return connection.begin();
  }

  commitTransaction(connection: LibsqlConnection): Promise<void> {
    return connection.end((transaction) => transaction.commit());
  }

  rollbackTransaction(connection: LibsqlConnection): Promise<void> {
    return connection.end((transaction) => transaction.rollback());
  }

  savepoint(connection: LibsqlConnection, name: string): Promise<void> {
    return connection.command(`savepoint ${identifier(name)}`);
  }

  rollbackToSavepoint(connection: LibsqlConnection, name: string): Promise<void> {
    return connection.command(`rollback to ${identifier(name)}`);
  }

  releaseSavepoint(connection: LibsqlConnection, name: string): Promise<void> {
    return connection.command(`release ${identifier(name)}`);
  }

  releaseConnection(): Promise<void> {
    return Promise.resolve();
  }

  destroy(): Promise<void> {
    this.#client.close();
    return Promise.resolve();
  }
}

class LibsqlConnection implements DatabaseConnection {
  readonly #client: Client;
  readonly #writers: Mutex;
  #transaction: Transaction | null = null;
  #release: (() => void) | null = null;

  constructor(client: Client, writers: Mutex) {
    this.#client = client;
    this.#writers = writers;
  }

  async begin(): Promise<void> {
    if (openTransaction.getStore() !== undefined) {
      throw new Error("A transaction was opened inside another: pass `tx` on, or use a savepoint");
    }
    this.#release = await this.#writers.acquire();
    try {
      this.#transaction = await this.#client.transaction("write");
    } catch (err) {
      this.#free();
      throw err;
    }
  }

  async end(finish: (transaction: Transaction) => Promise<void>): Promise<void> {
    const transaction = this.#transaction;
    this.#transaction = null;
    try {
      if (transaction !== null && !transaction.closed) await finish(transaction);
    } finally {
      transaction?.close();
      this.#free();
    }
  }

  async command(sql: string): Promise<void> {
    if (this.#transaction === null) throw new Error(`No transaction is open for "${sql}"`);
    await this.#transaction.execute(sql);
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    refuseNul(query.parameters);
    const statement = { sql: query.sql, args: query.parameters as InArgs };
    if (this.#transaction !== null) return toResult(await this.#transaction.execute(statement));
    if (isRead(query)) return toResult(await this.#client.execute(statement));
    if (openTransaction.getStore() !== undefined) {
      throw new Error(`A write bypassed the open transaction: "${query.sql}"`);
    }
    return toResult(await this.#writers.runExclusive(() => this.#client.execute(statement)));
  }

  // deno-lint-ignore require-yield -- Kysely's interface; rows are paged instead
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("Streaming is not supported: page the query");
  }

  #free(): void {
    this.#release?.();
    this.#release = null;
  }
}

/** The native client cuts a text at its first NUL; no text loses its end without a word. */
function refuseNul(parameters: readonly unknown[]): void {
  for (const parameter of parameters) {
    if (typeof parameter !== "string" || !parameter.includes("\0")) continue;
    throw new AppError("VALIDATION_ERROR", "Cannot store a text: it contains a NUL character");
  }
}

function toResult<R>(
  result: { rows: unknown[]; rowsAffected: number; lastInsertRowid?: bigint | undefined },
): QueryResult<R> {
  return {
    rows: result.rows as R[],
    numAffectedRows: BigInt(result.rowsAffected),
    insertId: result.lastInsertRowid,
  };
}

function isRead(query: CompiledQuery): boolean {
  if (query.query.kind === "SelectQueryNode") return true;
  return query.query.kind === "RawNode" && /^\s*(select|pragma|explain)\b/i.test(query.sql);
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
