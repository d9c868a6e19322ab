/**
 * Reads of a database file by statements that stay prepared: the client prepares a statement and
 * describes its columns anew for every call, which takes longer than the read itself.
 */
import Database from "libsql";

const STATEMENTS_MAX = 256;

type Statement = ReturnType<Database.Database["prepare"]>;

interface PreparedRead {
  readonly statement: Statement;
  readonly columns: readonly string[];
}

export type PlainParameter = string | number | null;

/** One more connection to the file, which cannot write. */
export class FileReads {
  readonly #path: string;
  readonly #busyTimeoutMs: number;
  readonly #prepared = new Map<string, PreparedRead>();
  #database: Database.Database | null = null;

  /** `path` is a file that exists; `busyTimeoutMs` is how long a read waits for a lock. */
  constructor(path: string, busyTimeoutMs: number) {
    this.#path = path;
    this.#busyTimeoutMs = busyTimeoutMs;
  }

  /**
   * The rows that are committed now, with the values that the client would give.
   *
   * @throws RangeError when an integer is too large for a number.
   */
  read(sql: string, parameters: readonly PlainParameter[]): Record<string, unknown>[] {
    const { statement, columns } = this.#prepare(sql);
    // `all` runs the statement to its end, which also ends its view of the file; `get` would not.
    const rows = statement.all(parameters) as unknown[][];
    return rows.map((values) => toRow(columns, values));
  }

  /** Forgets the connection with all it knows of tables, which have changed; the next read opens another. */
  close(): void {
    this.#prepared.clear();
    this.#database?.close();
    this.#database = null;
  }

  #prepare(sql: string): PreparedRead {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const statement = (this.#database ??= this.#open()).prepare(sql).raw().safeIntegers();
    const prepared = { statement, columns: statement.columns().map(({ name }) => name) };
    // Nobody writes so many by hand: these are lists of values, each of another length.
    if (this.#prepared.size >= STATEMENTS_MAX) this.#prepared.clear();
    this.#prepared.set(sql, prepared);
    return prepared;
  }

  #open(): Database.Database {
    const database = new Database(this.#path, { timeout: this.#busyTimeoutMs });
    database.exec("pragma query_only = on");
    return database;
  }
}

function toRow(columns: readonly string[], values: readonly unknown[]): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (let at = 0; at < columns.length; at++) row[columns[at] ?? ""] = toValue(values[at]);
  return row;
}

function toValue(value: unknown): unknown {
  if (typeof value === "bigint") {
    const number = Number(value);
    if (!Number.isSafeInteger(number)) {
      throw new RangeError(`Cannot read the integer ${value}: it is too large for a number`);
    }
    return number;
  }
  return value instanceof Uint8Array ? value.buffer : value;
}
