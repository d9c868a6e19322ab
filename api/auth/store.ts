/** Credentials, sessions and signing keys. */
import { sql } from "kysely";
import { type Db, tables } from "../platform/database/open.ts";

export interface SessionRow {
  id: string;
  user_id: string;
  /** The user's when the session began; another one now means the session is over. */
  access_version: number;
  /** How often the refresh token was exchanged for its successor. */
  generation: number;
  /** The newest refresh token that was used. */
  token_id: string;
  revoked_at: number | null;
  revoked_reason: string | null;
  address: string | null;
  user_agent: string | null;
  created_at: number;
  used_at: number;
  expires_at: number;
}

export interface SigningKeyRow {
  id: string;
  /** An envelope of `platform/secrets`. */
  sealed: string;
  created_at: number;
  retired_at: number | null;
}

interface AuthTables {
  credentials: { user_id: string; password_hash: string; changed_at: number };
  sessions: SessionRow;
  signing_keys: SigningKeyRow;
}

export async function findPasswordHash(db: Db, userId: string): Promise<string | null> {
  const row = await tables<AuthTables>(db).selectFrom("credentials").select("password_hash")
    .where("user_id", "=", userId).executeTakeFirst();
  return row?.password_hash ?? null;
}

export async function insertCredentials(
  tx: Db,
  row: AuthTables["credentials"],
): Promise<void> {
  await tables<AuthTables>(tx).insertInto("credentials").values(row).execute();
}

/** Replaces the hash unless someone else has meanwhile; answers whether it did. */
export async function replacePasswordHash(
  tx: Db,
  { before, ...row }: AuthTables["credentials"] & { before: string },
): Promise<boolean> {
  const result = await tables<AuthTables>(tx).updateTable("credentials")
    .set({ password_hash: row.password_hash, changed_at: row.changed_at })
    .where("user_id", "=", row.user_id).where("password_hash", "=", before)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function findSession(db: Db, id: string): Promise<SessionRow | null> {
  const row = await tables<AuthTables>(db).selectFrom("sessions").selectAll()
    .where("id", "=", id).executeTakeFirst();
  return row ?? null;
}

export async function insertSession(tx: Db, row: SessionRow): Promise<void> {
  await tables<AuthTables>(tx).insertInto("sessions").values(row).execute();
}

export async function updateSession(
  tx: Db,
  id: string,
  change: Pick<SessionRow, "generation" | "token_id" | "used_at" | "expires_at">,
): Promise<void> {
  await tables<AuthTables>(tx).updateTable("sessions").set(change).where("id", "=", id).execute();
}

/** A user's sessions that are still good, the latest used first. */
export async function listOpenSessions(
  db: Db,
  { userId, accessVersion }: { userId: string; accessVersion: number },
  { now, limit, offset }: { now: number; limit: number; offset: number },
): Promise<{ rows: SessionRow[]; total: number }> {
  const open = tables<AuthTables>(db).selectFrom("sessions")
    .where("user_id", "=", userId).where("access_version", "=", accessVersion)
    .where("revoked_at", "is", null).where("expires_at", ">", now);
  const { total } = await open.select((each) => each.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow();
  const rows = await open.selectAll().orderBy("used_at", "desc").orderBy("id", "desc")
    .limit(limit).offset(offset).execute();
  return { rows, total };
}

/** One statement for all: the list travels as JSON. */
export async function noteSessionUses(
  db: Db,
  uses: readonly { id: string; at: number }[],
): Promise<void> {
  await sql`update sessions set used_at = use.at from (
      select value ->> 'id' as id, value ->> 'at' as at from json_each(${JSON.stringify(uses)})
    ) as use where sessions.id = use.id and sessions.used_at < use.at`.execute(db);
}

/** Ends one session; answers whether it was still open. */
export async function revokeSession(
  tx: Db,
  id: string,
  { at, reason }: { at: number; reason: string },
): Promise<boolean> {
  const result = await tables<AuthTables>(tx).updateTable("sessions")
    .set({ revoked_at: at, revoked_reason: reason })
    .where("id", "=", id).where("revoked_at", "is", null).executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Ends a user's open sessions but one; answers their ids. */
export async function revokeOtherSessions(
  tx: Db,
  { userId, keepId }: { userId: string; keepId: string },
  { at, reason }: { at: number; reason: string },
): Promise<string[]> {
  const rows = await tables<AuthTables>(tx).updateTable("sessions")
    .set({ revoked_at: at, revoked_reason: reason })
    .where("user_id", "=", userId).where("id", "!=", keepId).where("revoked_at", "is", null)
    .returning("id").execute();
  return rows.map(({ id }) => id);
}

export async function deleteSessionsExpiredBefore(db: Db, time: number): Promise<number> {
  const result = await tables<AuthTables>(db).deleteFrom("sessions")
    .where("expires_at", "<", time).executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** The keys that are still valid, newest first. */
export async function listSigningKeys(db: Db): Promise<SigningKeyRow[]> {
  return await tables<AuthTables>(db).selectFrom("signing_keys").selectAll()
    .where("retired_at", "is", null)
    .orderBy("created_at", "desc").orderBy("id", "desc").execute();
}

export async function insertSigningKey(tx: Db, row: SigningKeyRow): Promise<void> {
  await tables<AuthTables>(tx).insertInto("signing_keys").values(row).execute();
}

export async function retireSigningKeys(
  tx: Db,
  ids: readonly string[],
  at: number,
): Promise<void> {
  if (ids.length === 0) return;
  await tables<AuthTables>(tx).updateTable("signing_keys").set({ retired_at: at })
    .where("id", "in", ids).execute();
}
