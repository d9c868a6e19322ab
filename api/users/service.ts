/** Users: who they are and what they prefer. Passwords and sessions are `auth`'s. */
import type { Role } from "../auth/scopes.ts";
import { toRfc3339 } from "../platform/clock.ts";
import { type Actor, type Ctx, ownedBy, requireActor } from "../platform/context.ts";
import type { Db } from "../platform/database/open.ts";
import { isUniqueViolation } from "../platform/database/rows.ts";
import { AppError, invalidField, notFound } from "../platform/errors.ts";
import { toPage } from "../platform/http/pages.ts";
import type { Page } from "../platform/http/schemas.ts";
import { write } from "../platform/write.ts";
import { mergePatch } from "./merge_patch.ts";
import {
  foldName,
  type UpdateMe,
  type UpdateUser,
  type User,
  type UserListQuery,
  type UserSummary,
} from "./schema.ts";
import {
  findUser,
  findUserByName,
  insertUser,
  listUsernames,
  listUsers as listUserRows,
  updateUser as updateUserRow,
  type UserRow,
} from "./store.ts";

/** The fields a registration asks for, and what it answers of the user. */
export { email, foldName, fullName, username, userSummarySchema } from "./schema.ts";

/** Characters of the preferences as JSON. */
const PREFERENCES_LENGTH_MAX = 16_384;

/** Answers the caller's own profile. */
export async function getMe(ctx: Ctx): Promise<User> {
  requireActor(ctx, "read");
  return toUser(await findUser(ctx.db, ownedBy(ctx)) ?? raise("user"));
}

/** Changes the caller's profile; preferences are merged, not replaced. */
export async function updateMe(ctx: Ctx, input: UpdateMe): Promise<User> {
  return await write(
    ctx,
    { scope: "read", action: "user.update", kind: "user" },
    async (tx, actor) => {
      requireSession(actor);
      const before = await findUser(tx, actor.userId) ?? raise("user");
      const after = await updateUserRow(tx, before.id, {
        ...(input.full_name === undefined ? {} : { full_name: input.full_name }),
        ...(input.preferences === undefined
          ? {}
          : { preferences: mergePreferences(before.preferences, input.preferences) }),
        updated_at: ctx.clock.now(),
      }) ?? raise("user");
      return {
        resourceId: after.id,
        before: { full_name: before.full_name },
        after: { full_name: after.full_name },
        event: { type: "user.updated", data: { id: after.id } },
        answer: toUser(after),
      };
    },
  );
}

/** Answers any user; for admins. */
export async function getUser(ctx: Ctx, id: string): Promise<User> {
  requireActor(ctx, "admin");
  return toUser(await findUser(ctx.db, id) ?? raise("user"));
}

/** Lists users, oldest first; for admins. */
export async function listUsers(ctx: Ctx, query: UserListQuery): Promise<Page<User>> {
  requireActor(ctx, "admin");
  const { email, is_active, role, search, ...page } = query;
  const { rows, total } = await listUserRows(ctx.db, {
    ...page,
    role,
    isActive: is_active,
    text: search,
    emailFolded: email === undefined ? undefined : foldName(email),
  });
  return toPage(rows.map(toUser), total, page);
}

/** Disables, enables, promotes or demotes a user; what the user's tokens allow changes at once. */
export async function updateUser(ctx: Ctx, id: string, input: UpdateUser): Promise<User> {
  return await write(
    ctx,
    { scope: "admin", action: "user.set_access", kind: "user" },
    async (tx, actor) => {
      const before = await findUser(tx, id) ?? raise("user");
      if (before.id === actor.userId) {
        throw new AppError("CONFLICT", "Cannot change your own access: ask another admin");
      }
      const isDisabled = input.is_active === false && before.is_active === 1;
      const after = await updateUserRow(tx, id, {
        ...(input.role === undefined ? {} : { role: input.role }),
        ...(input.is_active === undefined ? {} : { is_active: input.is_active ? 1 : 0 }),
        ...(isDisabled ? { access_version: before.access_version + 1 } : {}),
        updated_at: ctx.clock.now(),
      }) ?? raise("user");
      return {
        resourceId: id,
        ownerId: id,
        before: accessOf(before),
        after: accessOf(after),
        event: { type: "user.access_changed", data: { id, ...accessOf(after) } },
        invalidates: [{ topic: "user", key: id }],
        answer: toUser(after),
      };
    },
  );
}

/** Refuses API tokens and commands: an account is changed by the person who signed in. */
export function requireSession(actor: Actor): string {
  if (actor.sessionId !== null) return actor.sessionId;
  throw new AppError("FORBIDDEN", "Cannot change the account: sign in with a password first");
}

/** An account as `auth` sees it. */
export interface Account extends UserSummary {
  readonly role: Role;
  readonly accessVersion: number;
}

/** Finds the account that signs in with this name or e-mail address. */
export async function findAccountByName(db: Db, name: string): Promise<Account | null> {
  const row = await findUserByName(db, foldName(name));
  return row === null ? null : toAccount(row);
}

/** What users are called, by id; for those who may see that they exist. */
export async function findUsernames(
  db: Db,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const known = [...new Set(ids.filter((id) => id !== null))];
  return new Map((await listUsernames(db, known)).map(({ id, username }) => [id, username]));
}

/** Finds the account that gets mail at this address. */
export async function findAccountByEmail(db: Db, email: string): Promise<Account | null> {
  const row = await findUserByName(db, foldName(email));
  return row === null || row.email_folded !== foldName(email) ? null : toAccount(row);
}

/** Ends every session and API token the user has; answers whether the account is active. */
export async function endAccess(
  { clock }: Pick<Ctx, "clock">,
  tx: Db,
  id: string,
): Promise<boolean> {
  const before = await findUser(tx, id);
  if (before === null || before.is_active === 0) return false;
  const access_version = before.access_version + 1;
  await updateUserRow(tx, id, { access_version, updated_at: clock.now() });
  return true;
}

export async function findAccount(db: Db, id: string): Promise<Account | null> {
  const row = await findUser(db, id);
  return row === null ? null : toAccount(row);
}

export interface NewAccount {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly full_name?: string | null | undefined;
}

/**
 * Adds an account inside a registration.
 *
 * @throws AppError NAME_TAKEN when the name or the address belongs to another.
 */
export async function insertAccount(
  { clock }: Pick<Ctx, "clock">,
  tx: Db,
  input: NewAccount,
): Promise<Account> {
  const row: UserRow = {
    id: input.id,
    username: input.username,
    username_folded: foldName(input.username),
    email: input.email,
    email_folded: foldName(input.email),
    full_name: input.full_name ?? null,
    role: "user",
    is_active: 1,
    preferences: "{}",
    access_version: 1,
    version: 1,
    created_at: clock.now(),
    updated_at: clock.now(),
  };
  try {
    await insertUser(tx, row);
  } catch (err) {
    if (isUniqueViolation(err, "username_folded")) throw taken("username", input.username, err);
    if (isUniqueViolation(err, "email_folded")) throw taken("e-mail address", input.email, err);
    throw err;
  }
  return toAccount(row);
}

function taken(what: string, value: string, cause: unknown): AppError {
  return new AppError("NAME_TAKEN", `Cannot register: ${what} "${value}" is taken`, { cause });
}

function mergePreferences(before: string, patch: Readonly<Record<string, unknown>>): string {
  try {
    const text = JSON.stringify(mergePatch(JSON.parse(before), patch));
    if (text.length <= PREFERENCES_LENGTH_MAX) return text;
  } catch (err) {
    if (!(err instanceof RangeError)) throw err;
    throw invalidField(["body", "preferences"], err.message);
  }
  throw invalidField(
    ["body", "preferences"],
    `Must have at most ${PREFERENCES_LENGTH_MAX} characters as JSON`,
    "too_big",
  );
}

function accessOf(row: UserRow) {
  return { is_active: row.is_active === 1, role: row.role };
}

function toSummary(row: UserRow): UserSummary {
  return {
    id: row.id,
    username: row.username,
    email: row.email,
    full_name: row.full_name,
    is_active: row.is_active === 1,
  };
}

function toUser(row: UserRow): User {
  return {
    ...toSummary(row),
    role: roleOf(row),
    preferences: JSON.parse(row.preferences),
    created_at: toRfc3339(row.created_at),
    updated_at: toRfc3339(row.updated_at),
  };
}

function toAccount(row: UserRow): Account {
  return { ...toSummary(row), role: roleOf(row), accessVersion: row.access_version };
}

/** The store never answers the built-in user, so a role is one of two. */
function roleOf(row: UserRow): Role {
  return row.role === "admin" ? "admin" : "user";
}

function raise(kind: string): never {
  throw notFound(kind);
}
