/** Finds who sends a request: a signed-in person, or a command on this machine. */
import { timingSafeEqual } from "node:crypto";
import type { Cache } from "../platform/cache.ts";
import { type Actor, type Platform, systemActor } from "../platform/context.ts";
import type { Authenticate } from "../platform/http/request.ts";
import { findAccount } from "../users/service.ts";
import { SCOPES, scopesOfRole } from "./scopes.ts";
import { isSessionOver } from "./session_rules.ts";
import { findSession } from "./store.ts";
import { TOKEN_LENGTH_MAX, type Tokens } from "./tokens.ts";

const CACHED_TOKENS_MAX = 10_000;
const LOOPBACK = /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|::ffff:127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/;

interface AuthenticatorOptions {
  readonly tokens: Tokens;
  /** What a command on this machine sends as `Authorization: Local …`; null refuses all. */
  readonly localToken: string | null;
}

/**
 * A token that was verified is remembered until it expires or something about its user, session or
 * key changes; the request that finds it there costs neither cryptography nor a query.
 */
export function createAuthenticator(
  platform: Platform,
  { tokens, localToken }: AuthenticatorOptions,
): Authenticate {
  const { invalidations } = platform;
  const verified = platform.caches.create<Actor>({
    name: "verified-tokens",
    entriesMax: CACHED_TOKENS_MAX,
    lifetimeMs: platform.settings.ACCESS_TOKEN_MINUTES * 60_000,
  });
  invalidations.subscribe(({ topic, key }) => {
    if (topic === "user") forget(verified, (actor) => actor.userId === key);
    if (topic === "session") forget(verified, (actor) => actor.sessionId === key);
    if (topic === "signing_keys") forget(verified, () => true);
  });

  async function lookUp(token: string): Promise<Actor | null> {
    await invalidations.catchUp();
    const cached = verified.get(token);
    if (cached !== undefined) return cached;
    const { generation } = invalidations;
    const found = await findActor(platform, tokens, token);
    if (found === null) return null;
    // A change during the look-up may have come after the rows were read.
    if (invalidations.generation === generation) {
      verified.set(token, found.actor, found.expiresAt - platform.clock.now());
    }
    return found.actor;
  }

  return (_platform, { authorization, address }) => {
    const space = authorization?.indexOf(" ") ?? -1;
    if (authorization === undefined || space < 0) return null;
    const credentials = authorization.slice(space + 1).trim();
    if (credentials === "" || credentials.length > TOKEN_LENGTH_MAX) return null;
    switch (authorization.slice(0, space).toLowerCase()) {
      case "bearer": {
        const waiting = invalidations.catchUp();
        const cached = waiting === undefined ? verified.get(credentials) : undefined;
        return cached ?? lookUp(credentials);
      }
      case "local":
        return isLocal(credentials, address, localToken) ? systemActor(SCOPES) : null;
      default:
        return null;
    }
  };
}

async function findActor(
  { db }: Platform,
  tokens: Tokens,
  text: string,
): Promise<{ actor: Actor; expiresAt: number } | null> {
  const token = await tokens.verifyAccess(text);
  if (token === null) return null;
  const session = await findSession(db, token.sessionId);
  const account = await findAccount(db, token.userId);
  if (session === null || account === null || isSessionOver(session, account)) return null;
  const actor: Actor = {
    userId: account.id,
    username: account.username,
    role: account.role,
    scopes: scopesOfRole(account.role),
    sessionId: session.id,
  };
  return { actor, expiresAt: token.expiresAt };
}

function forget(cache: Cache<Actor>, isGone: (actor: Actor) => boolean): void {
  for (const key of [...cache.keys()]) {
    const actor = cache.get(key);
    if (actor !== undefined && isGone(actor)) cache.delete(key);
  }
}

function isLocal(given: string, address: string | null, expected: string | null): boolean {
  if (expected === null || address === null || !LOOPBACK.test(address)) return false;
  const encoder = new TextEncoder();
  const [left, right] = [encoder.encode(given), encoder.encode(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
