/** One-time tickets: what a browser puts into a WebSocket's URL in place of a token. */
import type { Actor, Ctx } from "../platform/context.ts";
import { requireActor } from "../platform/context.ts";
import { encodeBase64Url, sha256Hex } from "../platform/encoding.ts";
import { AppError } from "../platform/errors.ts";
import { withDeadline } from "../platform/clock.ts";

export const TICKET_LIFETIME_MS = 30_000;
const TICKET_PREFIX = "wst_";
const KV_DEADLINE_MS = 2_000;

interface TicketRow {
  readonly userId: string;
  readonly username: string;
  readonly role: Actor["role"];
  readonly scopes: readonly string[];
  readonly sessionId: string | null;
  readonly apiTokenId?: string;
  readonly expiresAt: number;
}

/** Makes a ticket that is good once, for 30 seconds. Throws DEPENDENCY_DOWN without the KV store. */
export async function createTicket(ctx: Ctx): Promise<{ ticket: string; expires_in: number }> {
  const actor = requireActor(ctx, "read");
  const ticket = TICKET_PREFIX + encodeBase64Url(ctx.random.bytes(32));
  const row: TicketRow = {
    userId: actor.userId,
    username: actor.username,
    role: actor.role,
    scopes: [...actor.scopes],
    sessionId: actor.sessionId,
    ...(actor.apiTokenId === undefined ? {} : { apiTokenId: actor.apiTokenId }),
    expiresAt: ctx.clock.now() + TICKET_LIFETIME_MS,
  };
  const set = ctx.kv.set(ticketKey(ticket), row, { expireIn: TICKET_LIFETIME_MS });
  await orDown(withDeadline(set, KV_DEADLINE_MS));
  return { ticket, expires_in: TICKET_LIFETIME_MS / 1000 };
}

/** Whose ticket it is; null for one that is used, expired or none. Taking it uses it up. */
export async function takeTicket(
  ctx: Pick<Ctx, "kv" | "clock">,
  ticket: string,
): Promise<Actor | null> {
  if (!ticket.startsWith(TICKET_PREFIX)) return null;
  const key = ticketKey(ticket);
  const entry = await orDown(withDeadline(ctx.kv.get<TicketRow>(key), KV_DEADLINE_MS));
  if (entry.value === null) return null;
  const taken = await orDown(
    withDeadline(ctx.kv.atomic().check(entry).delete(key).commit(), KV_DEADLINE_MS),
  );
  if (!taken.ok || entry.value.expiresAt <= ctx.clock.now()) return null;
  const { expiresAt: _, scopes, ...actor } = entry.value;
  return { ...actor, scopes: new Set(scopes) as Actor["scopes"] };
}

/** The store keeps a digest: who reads it cannot connect. */
function ticketKey(ticket: string): Deno.KvKey {
  return ["ws_ticket", sha256Hex(ticket)];
}

async function orDown<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (err) {
    throw new AppError("DEPENDENCY_DOWN", "Cannot use tickets now: try again shortly", {
      cause: err,
      headers: { "Retry-After": "1" },
    });
  }
}
