/**
 * How caches of every process learn that a row they hold has changed.
 *
 * A verb records what changed in its own transaction; each process reads the records that are new
 * to it, at most `FRESH_MS` late, when a request asks. So the truth is the database's, nothing runs
 * in the background, and what one process cuts off is cut off everywhere in time.
 */
import type { Generated } from "kysely";
import type { Clock } from "./clock.ts";
import { type Db, tables } from "./database/open.ts";

/** What has changed; a topic names the kind of row. */
export interface Invalidation {
  /** `cache_keys` names no row but a pattern of keys that every process forgets. */
  readonly topic: "cache_keys" | "user" | "session" | "api_token" | "signing_keys";
  readonly key: string;
}

export interface Invalidations {
  /** Records changes in the transaction that makes them. */
  record(tx: Db, changes: readonly Invalidation[]): Promise<void>;
  /** Makes the next `catchUp` of this process read; called after the commit. */
  expire(): void;
  /**
   * Reads what is new, unless that happened within the last second; cheap when it did.
   *
   * @throws when the database does not answer: a cache that cannot be checked is not used.
   */
  catchUp(): Promise<void> | void;
  /** Calls the listener for each change, other processes' and this one's own. */
  subscribe(listener: (change: Invalidation) => void): void;
  /** Grows with every reading that may have brought changes, to notice one during a look-up. */
  readonly generation: number;
}

interface InvalidationTables {
  invalidations: {
    seq: Generated<number>;
    topic: Invalidation["topic"];
    key: string;
    created_at: number;
  };
}

/** Half of what the slowest process may lag; the other half is for slow reads. */
const FRESH_MS = 1_000;

const PAGE = 1_000;

export function createInvalidations(db: Db, clock: Clock): Invalidations {
  return new InvalidationFeed(db, clock);
}

class InvalidationFeed implements Invalidations {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #listeners: ((change: Invalidation) => void)[] = [];
  #lastSeq: number | null = null;
  #freshUntil = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | null = null;
  #generation = 0;

  constructor(db: Db, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  get generation(): number {
    return this.#generation;
  }

  async record(tx: Db, changes: readonly Invalidation[]): Promise<void> {
    if (changes.length === 0) return;
    const created_at = this.#clock.now();
    await tables<InvalidationTables>(tx).insertInto("invalidations")
      .values(changes.map(({ topic, key }) => ({ topic, key, created_at }))).execute();
  }

  expire(): void {
    this.#generation++;
    this.#freshUntil = Number.NEGATIVE_INFINITY;
    this.#reading = null;
  }

  subscribe(listener: (change: Invalidation) => void): void {
    this.#listeners.push(listener);
  }

  catchUp(): Promise<void> | void {
    if (this.#clock.monotonic() < this.#freshUntil) return;
    this.#reading ??= this.#read(this.#clock.monotonic() + FRESH_MS);
    return this.#reading;
  }

  /** A reading that `expire` overtook may miss the change, so it makes nothing fresh. */
  async #read(freshUntil: number): Promise<void> {
    const start = this.#generation;
    let seen = 0;
    try {
      for (let page = await this.#findNew(); page.length > 0; page = await this.#findNew()) {
        for (const change of page) {
          for (const listener of this.#listeners) listener(change);
        }
        seen += page.length;
        if (page.length < PAGE) break;
      }
    } finally {
      if (this.#generation === start) this.#reading = null;
    }
    if (this.#generation === start) this.#freshUntil = freshUntil;
    if (seen > 0) this.#generation++;
  }

  /** The changes after the last one seen; a process that starts has no cache and skips the past. */
  async #findNew(): Promise<readonly Invalidation[]> {
    const db = tables<InvalidationTables>(this.#db);
    if (this.#lastSeq === null) {
      const { last } = await db.selectFrom("invalidations")
        .select((each) => each.fn.max("seq").as("last")).executeTakeFirstOrThrow();
      this.#lastSeq = Math.max(this.#lastSeq ?? 0, last ?? 0);
      return [];
    }
    const rows = await db.selectFrom("invalidations").select(["seq", "topic", "key"])
      .where("seq", ">", this.#lastSeq).orderBy("seq").limit(PAGE).execute();
    this.#lastSeq = Math.max(this.#lastSeq, rows.at(-1)?.seq ?? 0);
    return rows;
  }
}

/** Forgets changes older than `ageMs`, longer than any cache lives; a sweep calls it. */
export async function deleteOldInvalidations(
  { db, clock }: { db: Db; clock: Clock },
  ageMs: number,
): Promise<number> {
  const result = await tables<InvalidationTables>(db).deleteFrom("invalidations")
    .where("created_at", "<", clock.now() - ageMs).executeTakeFirst();
  return Number(result.numDeletedRows);
}
