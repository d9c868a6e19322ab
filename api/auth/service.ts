/** Signing up, in and out. */
import { type Ctx, requireActor, SYSTEM_USER_ID } from "../platform/context.ts";
import { AppError, invalidField } from "../platform/errors.ts";
import { deleteOldInvalidations } from "../platform/invalidations.ts";
import { subjectOfAddress } from "../platform/rate_limit.ts";
import { ATTEMPT_POLICIES } from "../platform/rate_policies.ts";
import { write } from "../platform/write.ts";
import {
  type Account,
  findAccount,
  findAccountByName,
  insertAccount,
  requireSession,
} from "../users/service.ts";
import { countAttempt } from "./attempt_limits.ts";
import type { Auth } from "./auth.ts";
import { addKey } from "./keys.ts";
import { limitLogin } from "./login_limits.ts";
import type {
  ChangePassword,
  Login,
  Refresh,
  Refreshed,
  Register,
  RotatedKeys,
  SignedIn,
} from "./schema.ts";
import { actorOf } from "./session_actor.ts";
import {
  accountDisabled,
  badRefreshToken,
  insertStarted,
  startSession,
  toSignedIn,
  useRefreshToken,
} from "./sessions.ts";
import { deletePasswordResetsExpiredBefore } from "./password_reset_store.ts";
import {
  deleteSessionsExpiredBefore,
  findPasswordHash,
  insertCredentials,
  replacePasswordHash,
  revokeOtherSessions,
  revokeSession,
} from "./store.ts";
import type { RefreshToken } from "./tokens.ts";

export { type Auth, createAuth } from "./auth.ts";
export { findStanding, type Standing } from "./standing.ts";
export { passwordResetKind, sendPasswordReset } from "./password_reset.ts";

/** Registers a user and signs them in. */
export async function register(ctx: Ctx, auth: Auth, input: Register): Promise<SignedIn> {
  if (ctx.settings.RATE_LIMITS === "on") {
    await countAttempt(ctx, auth.limiter, {
      refusal: "Cannot register",
      limits: [[ATTEMPT_POLICIES.registerByAddress, subjectOfAddress(ctx.address)]],
    });
  }
  const password_hash = await auth.passwords.hash(input.password);
  const session = await startSession(ctx, auth, ctx.ids.uuid());
  const actor = actorOf({ id: session.userId, username: input.username, role: "user" }, session.id);
  const user = await write(
    { ...ctx, actor },
    { scope: "read", action: "user.register", kind: "user" },
    async (tx) => {
      const account = await insertAccount(ctx, tx, { ...input, id: session.userId });
      await insertCredentials(tx, {
        user_id: account.id,
        password_hash,
        changed_at: ctx.clock.now(),
      });
      await insertStarted(ctx, tx, session, account);
      return {
        resourceId: account.id,
        after: { username: account.username, email: account.email, session_id: session.id },
        event: { type: "user.registered", data: { id: account.id } },
        answer: account,
      };
    },
  );
  return toSignedIn(session, user);
}

/** Signs a user in by name or e-mail address. */
export async function login(ctx: Ctx, auth: Auth, input: Login): Promise<SignedIn> {
  const account = await findAccountByName(ctx.db, input.username);
  const known = await limitLogin(ctx, auth.limiter, {
    account: account?.id ?? input.username.toLowerCase(),
    attempt: () => checkPassword(ctx, auth, account, input.password),
  });
  if (known === null) {
    throw new AppError("INVALID_CREDENTIALS", "Cannot sign in: the name or the password is wrong");
  }
  const rehashed = auth.passwords.isStale(known.hash)
    ? await auth.passwords.hash(input.password)
    : null;
  const session = await startSession(ctx, auth, known.account.id);
  const user = await write(
    { ...ctx, actor: actorOf(known.account, session.id) },
    { scope: "read", action: "session.create", kind: "session" },
    async (tx) => {
      const account = await findAccount(tx, known.account.id);
      if (account === null || !account.is_active) throw accountDisabled();
      if (rehashed !== null) {
        await replacePasswordHash(tx, {
          user_id: account.id,
          password_hash: rehashed,
          changed_at: ctx.clock.now(),
          before: known.hash,
        });
      }
      await insertStarted(ctx, tx, session, account);
      return {
        resourceId: session.id,
        after: { address: ctx.address },
        event: { type: "session.created", data: { id: session.id } },
        answer: account,
      };
    },
  );
  return toSignedIn(session, user);
}

/** Exchanges a refresh token for an access token and its own successor. */
export async function refresh(ctx: Ctx, auth: Auth, input: Refresh): Promise<Refreshed> {
  const token = await auth.tokens.verifyRefresh(input.refresh_token);
  const account = token === null ? null : await findAccount(ctx.db, token.userId);
  if (token === null || account === null) throw badRefreshToken();
  const successor: Omit<RefreshToken, "expiresAt"> = {
    userId: token.userId,
    sessionId: token.sessionId,
    generation: token.generation + 1,
    tokenId: ctx.ids.uuid(),
  };
  const answer: Refreshed = {
    access_token: await auth.tokens.signAccess(successor),
    refresh_token: await auth.tokens.signRefresh(successor),
    token_type: "bearer",
  };
  const use = await write(
    { ...ctx, actor: actorOf(account, token.sessionId) },
    { scope: "read", action: "session.refresh", kind: "session" },
    (tx) => useRefreshToken(ctx, tx, token, auth.tokens.refreshExpiry()),
  );
  if (use === "stolen") throw badRefreshToken();
  return answer;
}

/** Ends the caller's session; its tokens stop working. */
export async function logout(ctx: Ctx): Promise<void> {
  await write(
    ctx,
    { scope: "read", action: "session.end", kind: "session" },
    async (tx, actor) => {
      const id = requireSession(actor);
      await revokeSession(tx, id, { at: ctx.clock.now(), reason: "logout" });
      return {
        resourceId: id,
        event: { type: "session.ended", data: { id } },
        invalidates: [{ topic: "session", key: id }],
        answer: undefined,
      };
    },
  );
}

/** Sets a new password and ends the user's other sessions. */
export async function changePassword(ctx: Ctx, auth: Auth, input: ChangePassword): Promise<void> {
  const actor = requireActor(ctx, "read");
  const keepId = requireSession(actor);
  const account = await findAccount(ctx.db, actor.userId);
  const known = await limitLogin(ctx, auth.limiter, {
    account: actor.userId,
    attempt: () => checkPassword(ctx, auth, account, input.current_password),
  });
  if (known === null) throw wrongPassword();
  const password_hash = await auth.passwords.hash(input.new_password);
  await write(
    ctx,
    { scope: "read", action: "user.change_password", kind: "user" },
    async (tx, { userId }) => {
      const at = ctx.clock.now();
      const change = { user_id: userId, password_hash, changed_at: at, before: known.hash };
      if (!await replacePasswordHash(tx, change)) throw wrongPassword();
      const ended = await revokeOtherSessions(tx, { userId, keepId }, {
        at,
        reason: "password changed",
      });
      return {
        resourceId: userId,
        after: { sessions_ended: ended.length },
        event: { type: "user.password_changed", data: { id: userId } },
        invalidates: ended.map((key) => ({ topic: "session" as const, key })),
        answer: undefined,
      };
    },
  );
}

/** Makes a new signing key; the one before it stays valid, older ones end. */
export async function rotateKeys(ctx: Ctx, auth: Auth): Promise<RotatedKeys> {
  const key = await auth.keys.prepare();
  return await write(
    ctx,
    { scope: "admin", action: "signing_key.rotate", kind: "signing_key" },
    async (tx) => {
      const valid_key_ids = await addKey(tx, key);
      return {
        resourceId: key.id,
        after: { valid_key_ids },
        event: { type: "signing_key.rotated", data: { id: key.id } },
        invalidates: [{ topic: "signing_keys", key: key.id }],
        answer: { key_id: key.id, valid_key_ids },
      };
    },
  );
}

const DAY_MS = 86_400_000;
const SESSION_KEPT_MS = 30 * DAY_MS;

/** Deletes sessions and cache notes nobody can need any more; a schedule calls it. */
export async function sweepSessions(ctx: Pick<Ctx, "db" | "clock">): Promise<number> {
  const now = ctx.clock.now();
  const sessions = await deleteSessionsExpiredBefore(ctx.db, now - SESSION_KEPT_MS);
  const resets = await deletePasswordResetsExpiredBefore(ctx.db, now - DAY_MS);
  return sessions + resets + await deleteOldInvalidations(ctx, 2 * DAY_MS);
}

/** Runs one hash whether or not the account exists. */
async function checkPassword(
  ctx: Ctx,
  { passwords }: Auth,
  account: Account | null,
  password: string,
): Promise<{ account: Account; hash: string } | null> {
  const hash = await findPasswordHash(ctx.db, account?.id ?? SYSTEM_USER_ID);
  const isRight = await passwords.verify(password, hash);
  return isRight && account !== null && hash !== null ? { account, hash } : null;
}

function wrongPassword(): AppError {
  return invalidField(["body", "current_password"], "Is not your password", "wrong_password");
}
