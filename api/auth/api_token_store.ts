/** API tokens: digests, never the tokens. */
import { sql } from "kysely";
import { type Ctx, ownedBy } from "../platform/context.ts";
import { type Db, tables } from "../platform/database/open.ts";
import type { OwnedColumns } from "../platform/database/rows.ts";

export interface ApiTokenRow extends OwnedColumns {
  name: string;
  /** SHA-256 of the token. */
  token_hash: string;
  last4: string;
  /** JSON list. */
  scopes: string;
  /** JSON list of addresses and ranges; null for any. */
  addresses: string | null;
  /** The owner's when the token was made; another one now means the token is over. */
  access_version: number;
  expires_at: number | null;
  used_at: number | null;
  used_address: string | null;
}

interface ApiTokenTables {
  api_tokens: ApiTokenRow;
}

export async function findApiTokenByHash(db: Db, hash: string): Promise<ApiTokenRow | null> {
  const row = await tables<ApiTokenTables>(db).selectFrom("api_tokens").selectAll()
    .where("token_hash", "=", hash).executeTakeFirst();
  return row ?? null;
}

export async function findApiTokenById(db: Db, id: string): Promise<ApiTokenRow | null> {
  const row = await tables<ApiTokenTables>(db).selectFrom("api_tokens").selectAll()
    .where("id", "=", id).executeTakeFirst();
  return row ?? null;
}

export async function insertApiToken(tx: Db, row: ApiTokenRow): Promise<void> {
  await tables<ApiTokenTables>(tx).insertInto("api_tokens").values(row).execute();
}

/** The caller's tokens, newest first. */
export async function listApiTokenRows(
  db: Db,
  ctx: Pick<Ctx, "actor">,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ rows: ApiTokenRow[]; total: number }> {
  const own = tables<ApiTokenTables>(db).selectFrom("api_tokens")
    .where("owner_id", "=", ownedBy(ctx));
  const { total } = await own.select((each) => each.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow();
  const rows = await own.selectAll().orderBy("created_at", "desc").orderBy("id", "desc")
    .limit(limit).offset(offset).execute();
  return { rows, total };
}

export async function countApiTokens(db: Db, ctx: Pick<Ctx, "actor">): Promise<number> {
  const { total } = await tables<ApiTokenTables>(db).selectFrom("api_tokens")
    .where("owner_id", "=", ownedBy(ctx))
    .select((each) => each.fn.countAll<number>().as("total")).executeTakeFirstOrThrow();
  return total;
}

/** Deletes one of the caller's tokens and answers it; null when there is none. */
export async function deleteApiTokenRow(
  tx: Db,
  ctx: Pick<Ctx, "actor">,
  id: string,
): Promise<ApiTokenRow | null> {
  const row = await tables<ApiTokenTables>(tx).deleteFrom("api_tokens")
    .where("id", "=", id).where("owner_id", "=", ownedBy(ctx))
    .returningAll().executeTakeFirst();
  return row ?? null;
}

/** One statement for all: the list travels as JSON. */
export async function noteApiTokenUses(
  db: Db,
  uses: readonly { id: string; at: number; address: string | null }[],
): Promise<void> {
  await sql`update api_tokens set used_at = use.at, used_address = use.address from (
      select value ->> 'id' as id, value ->> 'at' as at, value ->> 'address' as address
      from json_each(${JSON.stringify(uses)})
    ) as use where api_tokens.id = use.id`.execute(db);
}
