/**
 * When a session is over, and what a refresh token is still good for.
 *
 * Each use of a refresh token gives a successor, and a client may go on with the old one: it stays
 * good until a successor has been used once. Used after that, or beside another successor of the
 * same token, two parties hold the family, so it ends.
 */
import type { Account } from "../users/service.ts";
import type { SessionRow } from "./store.ts";
import type { RefreshToken } from "./tokens.ts";

type Session = Pick<
  SessionRow,
  "user_id" | "access_version" | "generation" | "token_id" | "revoked_at"
>;

/** True when nothing signed for the session may be believed any more. */
export function isSessionOver(session: Session, account: Account): boolean {
  return session.revoked_at !== null || session.user_id !== account.id ||
    session.access_version !== account.accessVersion || !account.is_active;
}

/** `first`: a successor's first use; `again`: the token in use once more; `stolen`: neither. */
export type RefreshUse = "first" | "again" | "stolen";

export function judgeRefresh(
  session: Session,
  { generation, tokenId }: Pick<RefreshToken, "generation" | "tokenId">,
): RefreshUse {
  if (generation === session.generation + 1) return "first";
  return generation === session.generation && tokenId === session.token_id ? "again" : "stolen";
}
