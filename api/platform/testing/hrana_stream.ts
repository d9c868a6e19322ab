/** One Hrana stream: a connection to SQLite and the statements it runs in order. */
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { pause } from "../clock.ts";
import {
  type Condition,
  fromSqlite,
  type HranaError,
  type SqliteValue,
  type Statement,
  type StatementResult,
  type Step,
  type StreamRequest,
  toSqlite,
} from "./hrana_protocol.ts";

/** How long a statement waits for another stream's lock, and how often it looks. */
const BUSY_TRIES = 2_000;
const BUSY_PAUSE_MS = 2;

export class HranaStream {
  readonly #db: DatabaseSync;
  readonly #texts = new Map<number, string>();
  #closed = false;

  constructor(path: string) {
    this.#db = new DatabaseSync(path, { timeout: 0 });
    this.#db.exec("pragma foreign_keys = on");
    this.#db.exec("pragma synchronous = full");
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  async run(request: StreamRequest): Promise<unknown> {
    switch (request.type) {
      case "execute":
        return { type: "execute", result: await this.#execute(request.stmt) };
      case "batch":
        return { type: "batch", result: await this.#batch(request.batch.steps) };
      case "sequence":
        await whenFree(() => this.#db.exec(this.#textOf(request)));
        return { type: "sequence" };
      case "store_sql":
        this.#texts.set(request.sql_id, request.sql);
        return { type: "store_sql" };
      case "close_sql":
        this.#texts.delete(request.sql_id);
        return { type: "close_sql" };
      case "get_autocommit":
        return { type: "get_autocommit", is_autocommit: !this.#db.isTransaction };
      case "close":
        this.close();
        return { type: "close" };
    }
  }

  /** Rolls back what is open. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#db.isTransaction) this.#db.exec("rollback");
    this.#db.close();
  }

  describe(err: unknown): HranaError {
    const message = err instanceof Error ? err.message : String(err);
    const code = /constraint failed/i.test(message)
      ? "SQLITE_CONSTRAINT"
      : /locked|busy/i.test(message)
      ? "SQLITE_BUSY"
      : "SQLITE_ERROR";
    return { message: `SQLite error: ${message}`, code };
  }

  async #batch(steps: readonly Step[]) {
    const results: (StatementResult | null)[] = [];
    const errors: (HranaError | null)[] = [];
    for (const { condition, stmt } of steps) {
      let result: StatementResult | null = null;
      let error: HranaError | null = null;
      if (this.#holds(condition, results, errors)) {
        try {
          result = await this.#execute(stmt);
        } catch (err) {
          error = this.describe(err);
        }
      }
      results.push(result);
      errors.push(error);
    }
    return { step_results: results, step_errors: errors };
  }

  #holds(
    condition: Condition | null | undefined,
    results: readonly (StatementResult | null)[],
    errors: readonly (HranaError | null)[],
  ): boolean {
    if (condition === null || condition === undefined) return true;
    switch (condition.type) {
      case "ok":
        return (results[condition.step] ?? null) !== null;
      case "error":
        return (errors[condition.step] ?? null) !== null;
      case "not":
        return !this.#holds(condition.cond, results, errors);
      case "and":
        return condition.conds.every((each) => this.#holds(each, results, errors));
      case "or":
        return condition.conds.some((each) => this.#holds(each, results, errors));
      case "is_autocommit":
        return !this.#db.isTransaction;
    }
  }

  #execute(statement: Statement): Promise<StatementResult> {
    return whenFree(() => {
      const prepared = this.#db.prepare(this.#textOf(statement));
      prepared.setReadBigInts(true);
      answerArrays(prepared);
      const named = Object.fromEntries(
        (statement.named_args ?? []).map(({ name, value }) => [name, toSqlite(value)]),
      );
      const args = (statement.args ?? []).map(toSqlite);
      const before = this.#totalChanges();
      const rows = Object.keys(named).length > 0
        ? prepared.all(named, ...args)
        : prepared.all(...args);
      const changed = this.#totalChanges() > before;
      return {
        cols: prepared.columns().map(({ name, type }) => ({ name, decltype: type })),
        rows: (rows as unknown as SqliteValue[][]).map((row) => row.map(fromSqlite)),
        affected_row_count: changed ? this.#count("changes()") : 0,
        last_insert_rowid: changed ? String(this.#count("last_insert_rowid()")) : null,
      };
    });
  }

  #textOf({ sql, sql_id }: { readonly sql?: string; readonly sql_id?: number }): string {
    const text = sql ?? (sql_id === undefined ? undefined : this.#texts.get(sql_id));
    if (text === undefined) throw new Error(`The SQL text ${sql_id} was not stored`);
    return text;
  }

  #totalChanges(): number {
    return this.#count("total_changes()");
  }

  #count(expression: string): number {
    return Number(this.#db.prepare(`select ${expression} as n`).get()?.n);
  }
}

/** Runs a statement once no other stream holds the lock it needs. */
async function whenFree<T>(work: () => T): Promise<T> {
  for (let tries = 1;; tries++) {
    try {
      return work();
    } catch (err) {
      const isBusy = err instanceof Error && /database is locked/.test(err.message);
      if (!isBusy || tries >= BUSY_TRIES) throw err;
      await pause(BUSY_PAUSE_MS);
    }
  }
}

/** The types that a package brings along are older than the runtime and lack the method. */
function answerArrays(statement: StatementSync): void {
  (statement as StatementSync & { setReturnArrays(on: boolean): void }).setReturnArrays(true);
}
