/** The sessions a person has open, to look at and to end. */
import { toRfc3339 } from "../platform/clock.ts";
import { type Ctx, requireActor } from "../platform/context.ts";
import { notFound } from "../platform/errors.ts";
import { toPage } from "../platform/http/pages.ts";
import type { Page, PageQuery } from "../platform/http/schemas.ts";
import { write } from "../platform/write.ts";
import { findAccount, requireSession } from "../users/service.ts";
import type { Session } from "./schema.ts";
import { isSessionOver } from "./session_rules.ts";
import {
  findSession,
  listOpenSessions,
  revokeOtherSessions,
  revokeSession,
  type SessionRow,
} from "./store.ts";

/** Lists the caller's sessions that are still good, the latest used first. */
export async function listSessions(ctx: Ctx, page: PageQuery): Promise<Page<Session>> {
  const actor = requireActor(ctx, "read");
  const currentId = requireSession(actor);
  const account = await findAccount(ctx.db, actor.userId);
  if (account === null) throw notFound("user");
  const of = { userId: account.id, accessVersion: account.accessVersion };
  const { rows, total } = await listOpenSessions(ctx.db, of, { ...page, now: ctx.clock.now() });
  return toPage(rows.map((row) => toSession(row, currentId)), total, page);
}

/** Ends one of the caller's sessions; its tokens stop working. */
export async function endSession(ctx: Ctx, id: string): Promise<void> {
  await write(
    ctx,
    { scope: "read", action: "session.revoke", kind: "session" },
    async (tx, actor) => {
      requireSession(actor);
      const session = await findSession(tx, id);
      const account = await findAccount(tx, actor.userId);
      if (session === null || account === null || isSessionOver(session, account)) {
        throw notFound("session");
      }
      await revokeSession(tx, id, { at: ctx.clock.now(), reason: "revoked" });
      return {
        resourceId: id,
        event: { type: "session.revoked", data: { id, reason: "revoked" } },
        invalidates: [{ topic: "session", key: id }],
        answer: undefined,
      };
    },
  );
}

/** Ends all of the caller's sessions but the one that asks. */
export async function endOtherSessions(ctx: Ctx): Promise<void> {
  await write(
    ctx,
    { scope: "read", action: "session.revoke_others", kind: "session" },
    async (tx, actor) => {
      const keepId = requireSession(actor);
      const ended = await revokeOtherSessions(tx, { userId: actor.userId, keepId }, {
        at: ctx.clock.now(),
        reason: "revoked",
      });
      return {
        resourceId: keepId,
        after: { sessions_ended: ended.length },
        event: { type: "session.others_revoked", data: { kept_id: keepId, ended: ended.length } },
        invalidates: ended.map((key) => ({ topic: "session" as const, key })),
        answer: undefined,
      };
    },
  );
}

function toSession(row: SessionRow, currentId: string): Session {
  return {
    id: row.id,
    created_at: toRfc3339(row.created_at),
    used_at: toRfc3339(row.used_at),
    expires_at: toRfc3339(row.expires_at),
    address: row.address,
    user_agent: row.user_agent,
    current: row.id === currentId,
  };
}
