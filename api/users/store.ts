/** The table of users; the built-in user `system` is no account and never found here. */
import { type Db, tables } from "../platform/database/open.ts";
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
  readonly emailFolded?: string;
  readonly limit: number;
  readonly offset: number;
}

export async function listUsers(
  db: Db,
  { emailFolded, limit, offset }: UserFilter,
): Promise<{ rows: UserRow[]; total: number }> {
  let users = tables<UserTables>(db).selectFrom("users").where("role", "!=", "system");
  if (emailFolded !== undefined) users = users.where("email_folded", "=", emailFolded);
  const { total } = await users.select((each) => each.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow();
  const rows = await users.selectAll().orderBy("created_at").orderBy("id")
    .limit(limit).offset(offset).execute();
  return { rows, total };
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
