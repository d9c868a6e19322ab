/** The table of users; the built-in user `system` is no account and never found here. */
import { sql } from "kysely";
import { type Db, tables } from "../platform/database/open.ts";
import { likeText } from "../platform/database/rows.ts";
import type { UserRole } from "./schema.ts";

export interface UserRow {
  id: string;
  username: string;
  username_folded: string;
  email: string;
  email_folded: string;
  full_name: string | null;
  role: UserRole | "system";
  is_active: 0 | 1;
  /** JSON. */
  preferences: string;
  /** Grows when every token given so far must stop working. */
  access_version: number;
  version: number;
  created_at: number;
  updated_at: number;
}

export type UserChange = Partial<
  Pick<UserRow, "full_name" | "role" | "is_active" | "preferences" | "access_version">
>;

interface UserTables {
  users: UserRow;
}

export async function findUser(db: Db, id: string): Promise<UserRow | null> {
  const row = await accounts(db).where("id", "=", id).executeTakeFirst();
  return row ?? null;
}

export async function findUserByName(db: Db, folded: string): Promise<UserRow | null> {
  const row = await accounts(db)
    .where((each) =>
      each.or([each("username_folded", "=", folded), each("email_folded", "=", folded)])
    )
    .executeTakeFirst();
  return row ?? null;
}

export interface UserFilter {
  readonly emailFolded?: string | undefined;
  readonly isActive?: boolean | undefined;
  readonly role?: UserRole | undefined;
  /** Part of the name, the e-mail address or the full name. */
  readonly text?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

export async function listUsers(
  db: Db,
  { emailFolded, isActive, role, text, limit, offset }: UserFilter,
): Promise<{ rows: UserRow[]; total: number }> {
  let users = tables<UserTables>(db).selectFrom("users").where("role", "!=", "system");
  if (emailFolded !== undefined) users = users.where("email_folded", "=", emailFolded);
  if (isActive !== undefined) users = users.where("is_active", "=", isActive ? 1 : 0);
  if (role !== undefined) users = users.where("role", "=", role);
  if (text !== undefined) {
    const like = `%${likeText(text)}%`;
    users = users.where(sql<boolean>`(username_folded like ${like} escape '\\'
      or email_folded like ${like} escape '\\' or full_name like ${like} escape '\\')`);
  }
  const { total } = await users.select((each) => each.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow();
  const rows = await users.selectAll().orderBy("created_at").orderBy("id")
    .limit(limit).offset(offset).execute();
  return { rows, total };
}

/** Names of users, the built-in one too. */
export async function listUsernames(
  db: Db,
  ids: readonly string[],
): Promise<Pick<UserRow, "id" | "username">[]> {
  if (ids.length === 0) return [];
  return await tables<UserTables>(db).selectFrom("users").select(["id", "username"])
    .where("id", "in", ids).execute();
}

export async function insertUser(tx: Db, row: UserRow): Promise<void> {
  await tables<UserTables>(tx).insertInto("users").values(row).execute();
}

export async function updateUser(
  tx: Db,
  id: string,
  change: UserChange & { updated_at: number },
): Promise<UserRow | null> {
  const row = await tables<UserTables>(tx).updateTable("users")
    .set((each) => ({ ...change, version: each("version", "+", 1) }))
    .where("id", "=", id).where("role", "!=", "system")
    .returningAll().executeTakeFirst();
  return row ?? null;
}

function accounts(db: Db) {
  return tables<UserTables>(db).selectFrom("users").selectAll().where("role", "!=", "system");
}
