/**
 * A forgotten password: a mail with a token that is good once, for half an hour.
 *
 * The request only enqueues a job, for known and unknown addresses alike, so neither its answer
 * nor its time tells which accounts exist and no mail server holds it. The job makes the token, so
 * that it stands in no row: a retry makes another one.
 */
import { z } from "zod";
import { defineJobKind, enqueueJob, wakeJob } from "../jobs/queue.ts";
import { type Ctx, SYSTEM_USER_ID, systemActor } from "../platform/context.ts";
import { encodeBase64Url, sha256Hex } from "../platform/encoding.ts";
import { AppError, invalidField } from "../platform/errors.ts";
import type { Mail } from "../platform/mail.ts";
import { subjectOfAddress } from "../platform/rate_limit.ts";
import { ATTEMPT_POLICIES } from "../platform/rate_policies.ts";
import { write } from "../platform/write.ts";
import {
  type Account,
  endAccess,
  findAccount,
  findAccountByEmail,
  foldName,
} from "../users/service.ts";
import { countAttempt } from "./attempt_limits.ts";
import type { Auth } from "./auth.ts";
import {
  deletePasswordReset,
  findPasswordReset,
  type PasswordResetRow,
  replacePasswordReset,
} from "./password_reset_store.ts";
import type { ForgotPassword, ResetPassword } from "./schema.ts";
import { actorOf } from "./session_actor.ts";
import { findPasswordHash, insertCredentials, replacePasswordHash } from "./store.ts";

const TOKEN_BYTES = 32;
const LIFETIME_MINUTES = 30;

/** Sends the mail of one request. */
export const passwordResetKind = defineJobKind({
  name: "password_reset_mail",
  label: "Password reset mail",
  payload: z.object({ email: z.string() }),
  scope: "read",
  retriesMax: 5,
  estimate: () => ({ cpuCores: 1, memoryMb: 16, seconds: 1 }),
});

/** Lets a mail be sent to the address, if an account has it; tells nobody whether one does. */
export async function requestPasswordReset(
  ctx: Ctx,
  { limiter }: Auth,
  { email }: ForgotPassword,
): Promise<void> {
  const folded = foldName(email);
  if (ctx.settings.RATE_LIMITS === "on") {
    await countAttempt(ctx, limiter, {
      refusal: "Cannot send a mail",
      limits: [
        [ATTEMPT_POLICIES.forgotByAddress, subjectOfAddress(ctx.address)],
        [ATTEMPT_POLICIES.forgotByAccount, sha256Hex(folded)],
      ],
    });
  }
  if (!ctx.mail.isOpen) {
    throw new AppError("DEPENDENCY_DOWN", "Cannot send a mail: this server has no mail server");
  }
  const jobId = await write(
    { ...ctx, actor: systemActor(["read"]) },
    { scope: "read", action: "password_reset.request", kind: "job" },
    async (tx) => {
      const id = await enqueueJob(ctx, tx, {
        kind: passwordResetKind,
        payload: { email: folded },
        ownerId: SYSTEM_USER_ID,
        priority: "high",
      });
      return { resourceId: id, answer: id };
    },
  );
  await wakeJob(ctx, jobId);
}

/** Makes a token and sends it, if an active account has the address; the job's work. */
export async function sendPasswordReset(ctx: Ctx, email: string): Promise<void> {
  const account = await findAccountByEmail(ctx.db, email);
  if (account === null || !account.is_active) return;
  const token = encodeBase64Url(ctx.random.bytes(TOKEN_BYTES));
  await write(
    { ...ctx, actor: systemActor(["read"]) },
    { scope: "read", action: "password_reset.issue", kind: "user" },
    async (tx) => {
      const now = ctx.clock.now();
      await replacePasswordReset(tx, {
        user_id: account.id,
        token_hash: sha256Hex(token),
        created_at: now,
        expires_at: now + LIFETIME_MINUTES * 60_000,
      });
      return { resourceId: account.id, ownerId: account.id, answer: undefined };
    },
  );
  await ctx.mail.send(mailOf(account, token, ctx.settings.RESET_PASSWORD_URL));
}

/** Sets a new password by a mailed token and ends every session and API token of the user. */
export async function resetPassword(ctx: Ctx, auth: Auth, input: ResetPassword): Promise<void> {
  if (ctx.settings.RATE_LIMITS === "on") {
    await countAttempt(ctx, auth.limiter, {
      refusal: "Cannot reset the password",
      limits: [[ATTEMPT_POLICIES.resetByAddress, subjectOfAddress(ctx.address)]],
    });
  }
  const hash = sha256Hex(input.token);
  const reset = await findPasswordReset(ctx.db, hash);
  const account = reset === null ? null : await findAccount(ctx.db, reset.user_id);
  if (account === null || isOver(ctx, reset)) throw badToken();
  const password_hash = await auth.passwords.hash(input.new_password);
  await write(
    { ...ctx, actor: actorOf(account, null) },
    { scope: "read", action: "user.reset_password", kind: "user" },
    async (tx, { userId }) => {
      if (!await deletePasswordReset(tx, hash)) throw badToken();
      if (!await endAccess(ctx, tx, userId)) throw badToken();
      const before = await findPasswordHash(tx, userId);
      const change = { user_id: userId, password_hash, changed_at: ctx.clock.now() };
      if (before === null) await insertCredentials(tx, change);
      else await replacePasswordHash(tx, { ...change, before });
      return {
        resourceId: userId,
        event: { type: "user.password_reset", data: { id: userId } },
        invalidates: [{ topic: "user", key: userId }],
        answer: undefined,
      };
    },
  );
}

function isOver(ctx: Ctx, reset: PasswordResetRow | null): boolean {
  return reset === null || reset.expires_at <= ctx.clock.now();
}

function badToken(): AppError {
  return invalidField(["body", "token"], "Is unknown, used or expired", "invalid_token");
}

function mailOf({ email, username }: Account, token: string, page: string | undefined): Mail {
  const how = page === undefined
    ? `Send this token with a new password to POST /api/v1/auth/reset-password:\n\n${token}`
    : `Choose a new one here:\n\n${page.replaceAll("{token}", token)}`;
  return {
    to: email,
    subject: "Reset your Candlewick password",
    text: `Somebody asked to reset the password of the account "${username}".\n\n${how}\n\n` +
      `It is good once, for ${LIFETIME_MINUTES} minutes, and signs you out everywhere. ` +
      "If it was not you, ignore this mail: nothing has changed.\n",
  };
}
