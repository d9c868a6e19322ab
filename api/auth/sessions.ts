/** Login sessions: a family of refresh tokens, begun by a login. */
import type { Ctx } from "../platform/context.ts";
import type { Db } from "../platform/database/open.ts";
import { AppError } from "../platform/errors.ts";
import type { Change } from "../platform/write.ts";
import { type Account, findAccount } from "../users/service.ts";
import type { Auth } from "./auth.ts";
import type { SignedIn } from "./schema.ts";
import { isSessionOver, judgeRefresh, type RefreshUse } from "./session_rules.ts";
import { findSession, insertSession, revokeSession, updateSession } from "./store.ts";
import type { RefreshToken } from "./tokens.ts";

/** A session that is signed for and not yet stored. */
export interface StartedSession {
  readonly id: string;
  readonly userId: string;
  readonly tokenId: string;
  readonly expiresAt: number;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Signs a session's first tokens; before the transaction, which awaits no cryptography. */
export async function startSession(
  ctx: Ctx,
  { tokens }: Auth,
  userId: string,
): Promise<StartedSession> {
  const id = ctx.ids.uuid();
  const tokenId = ctx.ids.uuid();
  const claims = { userId, sessionId: id };
  return {
    id,
    userId,
    tokenId,
    expiresAt: tokens.refreshExpiry(),
    accessToken: await tokens.signAccess(claims),
    refreshToken: await tokens.signRefresh({ ...claims, generation: 0, tokenId }),
  };
}

export async function insertStarted(
  ctx: Ctx,
  tx: Db,
  session: StartedSession,
  account: Account,
): Promise<void> {
  const now = ctx.clock.now();
  await insertSession(tx, {
    id: session.id,
    user_id: session.userId,
    access_version: account.accessVersion,
    generation: 0,
    token_id: session.tokenId,
    revoked_at: null,
    revoked_reason: null,
    address: ctx.address,
    user_agent: ctx.userAgent,
    created_at: now,
    used_at: now,
    expires_at: session.expiresAt,
  });
}

/**
 * Moves the session on to the token that is used, or ends it when the token is a stolen copy.
 *
 * @throws AppError when the session is over or the account disabled.
 */
export async function useRefreshToken(
  ctx: Ctx,
  tx: Db,
  token: RefreshToken,
  expiresAt: number,
): Promise<Change<RefreshUse>> {
  const session = await findSession(tx, token.sessionId);
  const account = await findAccount(tx, token.userId);
  if (account?.is_active === false) throw accountDisabled();
  if (session === null || account === null || isSessionOver(session, account)) {
    throw badRefreshToken();
  }
  const { id } = session;
  const now = ctx.clock.now();
  const use = judgeRefresh(session, token);
  if (use === "stolen") {
    await revokeSession(tx, id, { at: now, reason: "refresh token reused" });
    return {
      resourceId: id,
      after: { revoked_reason: "refresh token reused" },
      event: { type: "session.revoked", data: { id, reason: "refresh token reused" } },
      invalidates: [{ topic: "session", key: id }],
      answer: use,
    };
  }
  await updateSession(tx, id, {
    generation: token.generation,
    token_id: token.tokenId,
    used_at: now,
    expires_at: expiresAt,
  });
  return {
    resourceId: id,
    after: { generation: token.generation },
    event: { type: "session.refreshed", data: { id } },
    answer: use,
  };
}

export function toSignedIn(session: StartedSession, account: Account): SignedIn {
  const { id, username, email, full_name, is_active } = account;
  return {
    access_token: session.accessToken,
    refresh_token: session.refreshToken,
    token_type: "bearer",
    user: { id, username, email, full_name, is_active },
  };
}

export function accountDisabled(): AppError {
  return new AppError("ACCOUNT_DISABLED", "Cannot sign in: the account is disabled");
}

export function badRefreshToken(): AppError {
  return new AppError("INVALID_TOKEN", "Cannot refresh: the token is invalid, expired or revoked");
}
