/** Whether what let a caller in is still good, asked of the rows and of no cache. */
import type { Actor, Platform } from "../platform/context.ts";
import { findAccount } from "../users/service.ts";
import { findApiTokenById } from "./api_token_store.ts";
import { isTokenOver } from "./api_tokens.ts";
import { isSessionOver } from "./session_rules.ts";
import { findSession } from "./store.ts";

/** How long a caller that stays connected may stay. */
export interface Standing {
  /** Epoch milliseconds; infinite for what does not end by itself. A refresh moves a session's. */
  readonly endsAt: number;
}

/** Null once the caller's session, API token or account is over. */
export async function findStanding(
  { db, clock }: Pick<Platform, "db" | "clock">,
  actor: Actor,
): Promise<Standing | null> {
  if (actor.role === "system") return { endsAt: Number.POSITIVE_INFINITY };
  const account = await findAccount(db, actor.userId);
  if (account === null || !account.is_active) return null;
  let endsAt: number | null = null;
  if (actor.sessionId !== null) {
    const session = await findSession(db, actor.sessionId);
    if (session === null || isSessionOver(session, account)) return null;
    endsAt = session.expires_at;
  } else if (actor.apiTokenId !== undefined) {
    const token = await findApiTokenById(db, actor.apiTokenId);
    if (token === null || isTokenOver(token, account)) return null;
    endsAt = token.expires_at;
  }
  if (endsAt !== null && endsAt <= clock.now()) return null;
  return { endsAt: endsAt ?? Number.POSITIVE_INFINITY };
}
