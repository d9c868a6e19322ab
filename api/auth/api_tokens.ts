/**
 * API tokens: what programs send in place of a person's access token. A token has its own scopes,
 * at most those of its user, and may be bound to addresses and to an end.
 */
import { createAddressList } from "../platform/addresses.ts";
import { toRfc3339 } from "../platform/clock.ts";
import { type Ctx, type Platform, requireActor } from "../platform/context.ts";
import { newOwnedColumns } from "../platform/database/rows.ts";
import { encodeBase64Url, sha256Hex } from "../platform/encoding.ts";
import { AppError, invalidField, notFound } from "../platform/errors.ts";
import { toPage } from "../platform/http/pages.ts";
import type { Page, PageQuery } from "../platform/http/schemas.ts";
import { write } from "../platform/write.ts";
import { type Account, findAccount, requireSession } from "../users/service.ts";
import {
  type ApiTokenRow,
  countApiTokens,
  deleteApiTokenRow,
  findApiTokenByHash,
  insertApiToken,
  listApiTokenRows,
} from "./api_token_store.ts";
import type { ApiToken, CreateApiToken, CreatedApiToken } from "./schema.ts";
import { type Scope, scopesOfRole } from "./scopes.ts";
import type { Verified } from "./verified.ts";

const PREFIX = "cwk_";
const SECRET_BYTES = 32;
const TOKENS_PER_USER_MAX = 50;

export function isApiToken(text: string): boolean {
  return text.startsWith(PREFIX);
}

/** Whom the token speaks for now; null when it is unknown, over, or its user may not sign in. */
export async function findApiTokenActor(
  { db, clock }: Pick<Platform, "db" | "clock">,
  token: string,
): Promise<Verified | null> {
  const row = await findApiTokenByHash(db, sha256Hex(token));
  const account = row === null ? null : await findAccount(db, row.owner_id);
  if (row === null || account === null || isTokenOver(row, account)) return null;
  const expiresAt = row.expires_at ?? Number.POSITIVE_INFINITY;
  if (expiresAt <= clock.now()) return null;
  const allowed = scopesOfRole(account.role);
  return {
    actor: {
      userId: account.id,
      username: account.username,
      role: account.role,
      scopes: new Set(scopesOf(row).filter((scope) => allowed.has(scope))),
      sessionId: null,
      apiTokenId: row.id,
    },
    expiresAt,
    addresses: row.addresses === null ? null : createAddressList(JSON.parse(row.addresses)),
    usedAt: row.used_at ?? 0,
  };
}

/** Makes an API token; the answer is the only place its secret is ever seen. */
export async function createApiToken(ctx: Ctx, input: CreateApiToken): Promise<CreatedApiToken> {
  const token = PREFIX + encodeBase64Url(ctx.random.bytes(SECRET_BYTES));
  return await write(
    ctx,
    { scope: "read", action: "api_token.create", kind: "api_token" },
    async (tx, actor) => {
      requireSession(actor);
      for (const scope of input.scopes) requireActor(ctx, scope);
      const expiresAt = input.expires_at === undefined ? null : Date.parse(input.expires_at);
      if (expiresAt !== null && expiresAt <= ctx.clock.now()) {
        throw invalidField(["body", "expires_at"], "Must be in the future");
      }
      const account = await findAccount(tx, actor.userId);
      if (account === null) throw notFound("user");
      if (await countApiTokens(tx, ctx) >= TOKENS_PER_USER_MAX) throw tooMany();
      const row: ApiTokenRow = {
        ...await newOwnedColumns(tx, { ...ctx, ownerId: account.id }, "api_token"),
        name: input.name,
        token_hash: sha256Hex(token),
        last4: token.slice(-4),
        scopes: JSON.stringify([...new Set(input.scopes)]),
        addresses: input.addresses === undefined ? null : JSON.stringify(input.addresses),
        access_version: account.accessVersion,
        expires_at: expiresAt,
        used_at: null,
        used_address: null,
      };
      await insertApiToken(tx, row);
      return {
        resourceId: row.id,
        after: factsOf(row),
        event: { type: "api_token.created", data: { id: row.id, name: row.name } },
        answer: { ...toApiToken(row), token },
      };
    },
  );
}

/** Lists the caller's API tokens, newest first, without their secrets. */
export async function listApiTokens(ctx: Ctx, page: PageQuery): Promise<Page<ApiToken>> {
  requireSession(requireActor(ctx, "read"));
  const { rows, total } = await listApiTokenRows(ctx.db, ctx, page);
  return toPage(rows.map(toApiToken), total, page);
}

/** Deletes one of the caller's API tokens; it stops working. */
export async function deleteApiToken(ctx: Ctx, id: string): Promise<void> {
  await write(
    ctx,
    { scope: "read", action: "api_token.delete", kind: "api_token" },
    async (tx, actor) => {
      requireSession(actor);
      const row = await deleteApiTokenRow(tx, ctx, id);
      if (row === null) throw notFound("API token");
      return {
        resourceId: id,
        before: factsOf(row),
        event: { type: "api_token.deleted", data: { id, name: row.name } },
        invalidates: [{ topic: "api_token", key: id }],
        answer: undefined,
      };
    },
  );
}

/** Disabling the owner, or a reset of the password, ends every token made before. */
export function isTokenOver(row: ApiTokenRow, account: Account): boolean {
  return row.access_version !== account.accessVersion || !account.is_active;
}

function tooMany(): AppError {
  return new AppError(
    "LIMIT_EXCEEDED",
    `Cannot create an API token: you have ${TOKENS_PER_USER_MAX}, delete one first`,
  );
}

function scopesOf(row: ApiTokenRow): Scope[] {
  return JSON.parse(row.scopes);
}

function factsOf(row: ApiTokenRow) {
  return {
    name: row.name,
    last4: row.last4,
    scopes: scopesOf(row),
    addresses: addressesOf(row),
    expires_at: row.expires_at === null ? null : toRfc3339(row.expires_at),
  };
}

function toApiToken(row: ApiTokenRow): ApiToken {
  return {
    id: row.id,
    ...factsOf(row),
    created_at: toRfc3339(row.created_at),
    used_at: row.used_at === null ? null : toRfc3339(row.used_at),
    used_address: row.used_address,
  };
}

function addressesOf(row: ApiTokenRow): string[] | null {
  return row.addresses === null ? null : JSON.parse(row.addresses);
}
