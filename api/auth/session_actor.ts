/** Whom a session's tokens speak for. */
import type { Actor, Platform } from "../platform/context.ts";
import { type Account, findAccount } from "../users/service.ts";
import { scopesOfRole } from "./scopes.ts";
import { isSessionOver } from "./session_rules.ts";
import { findSession } from "./store.ts";
import type { Tokens } from "./tokens.ts";
import type { Verified } from "./verified.ts";

/** Whom an access token speaks for now; null when it is not ours, expired, or its session over. */
export async function findSessionActor(
  { db }: Pick<Platform, "db">,
  tokens: Tokens,
  text: string,
): Promise<Verified | null> {
  const token = await tokens.verifyAccess(text);
  if (token === null) return null;
  const session = await findSession(db, token.sessionId);
  const account = await findAccount(db, token.userId);
  if (session === null || account === null || isSessionOver(session, account)) return null;
  return {
    actor: actorOf(account, session.id),
    expiresAt: token.expiresAt,
    addresses: null,
    usedAt: session.used_at,
  };
}

/** Whom the audit trail names before anybody is authenticated. */
export function actorOf(
  { id, username, role }: Pick<Account, "id" | "username" | "role">,
  sessionId: string | null,
): Actor {
  return { userId: id, username, role, scopes: scopesOfRole(role), sessionId };
}
