/** What every owned table has in common. */
import { CompiledQuery, sql } from "kysely";
import { type Db, tables } from "./open.ts";
import type { Clock, Ids } from "../clock.ts";

export type Visibility = "private" | "public";

/** Columns of every owned table; `row_id` stays inside, `id` is public. */
export interface OwnedColumns {
  id: string;
  owner_id: string;
  /** 1, 2, … per owner and kind, never reused. */
  owner_no: number;
  visibility: Visibility;
  version: number;
  /** Epoch milliseconds. */
  created_at: number;
  updated_at: number;
}

/** The SQL of those columns, for migrations. */
export const OWNED_COLUMNS_SQL = `row_id integer primary key autoincrement,
  id text not null unique,
  owner_id text not null references users (id),
  owner_no integer not null,
  visibility text not null default 'private' check (visibility in ('private', 'public')),
  version integer not null default 1,
  created_at integer not null,
  updated_at integer not null`;

interface CounterTables {
  owner_counters: { owner_id: string; kind: string; last_no: number };
}

/** The owned columns of a new row; takes the owner's next number of `kind` in this transaction. */
export async function newOwnedColumns(
  tx: Db,
  { clock, ids, ownerId }: { clock: Clock; ids: Ids; ownerId: string },
  kind: string,
): Promise<OwnedColumns> {
  const counter = await tables<CounterTables>(tx)
    .insertInto("owner_counters")
    .values({ owner_id: ownerId, kind, last_no: 1 })
    .onConflict((conflict) =>
      conflict.columns(["owner_id", "kind"]).doUpdateSet({
        last_no: sql`owner_counters.last_no + 1`,
      })
    )
    .returning("last_no")
    .executeTakeFirstOrThrow();
  const now = clock.now();
  return {
    id: ids.uuid(),
    owner_id: ownerId,
    owner_no: counter.last_no,
    visibility: "private",
    version: 1,
    created_at: now,
    updated_at: now,
  };
}

/** Escapes a text for LIKE with `escape '\\'`. */
export function likeText(text: string): string {
  return text.replaceAll(/[\\%_]/g, (character) => `\\${character}`);
}

/** True when an error is SQLite's refusal of a duplicate in the named column or index. */
export function isUniqueViolation(err: unknown, column: string): boolean {
  return err instanceof Error && /UNIQUE constraint failed/.test(err.message) &&
    err.message.includes(column);
}

/**
 * The rows of a read that is written out. What clients repeat most is not built anew for each
 * request, which takes longer than the read.
 */
export async function readRows<T>(
  db: Db,
  statement: string,
  parameters: readonly (string | number)[],
): Promise<T[]> {
  return (await db.executeQuery<T>(CompiledQuery.raw(statement, [...parameters]))).rows;
}
