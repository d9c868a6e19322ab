/** One-time tokens of forgotten passwords: digests, at most one a user. */
import { type Db, tables } from "../platform/database/open.ts";

export interface PasswordResetRow {
  user_id: string;
  /** SHA-256 of the token. */
  token_hash: string;
  created_at: number;
  expires_at: number;
}

interface PasswordResetTables {
  password_resets: PasswordResetRow;
}

/** Stores the user's token in place of an earlier one. */
export async function replacePasswordReset(tx: Db, row: PasswordResetRow): Promise<void> {
  const { user_id: _, ...rest } = row;
  await tables<PasswordResetTables>(tx).insertInto("password_resets").values(row)
    .onConflict((conflict) => conflict.column("user_id").doUpdateSet(rest)).execute();
}

export async function findPasswordReset(db: Db, hash: string): Promise<PasswordResetRow | null> {
  const row = await tables<PasswordResetTables>(db).selectFrom("password_resets").selectAll()
    .where("token_hash", "=", hash).executeTakeFirst();
  return row ?? null;
}

/** Uses the token up; answers whether it was still there. */
export async function deletePasswordReset(tx: Db, hash: string): Promise<boolean> {
  const result = await tables<PasswordResetTables>(tx).deleteFrom("password_resets")
    .where("token_hash", "=", hash).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

export async function deletePasswordResetsExpiredBefore(db: Db, time: number): Promise<number> {
  const result = await tables<PasswordResetTables>(db).deleteFrom("password_resets")
    .where("expires_at", "<", time).executeTakeFirst();
  return Number(result.numDeletedRows);
}
