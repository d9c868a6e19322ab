/** Finds who sends a request: a signed-in person, an API token, or a command on this machine. */
import { timingSafeEqual } from "node:crypto";
import type { Cache } from "../platform/cache.ts";
import { type Actor, type Platform, systemActor } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import type { Authenticate } from "../platform/http/request.ts";
import { findApiTokenActor, isApiToken } from "./api_tokens.ts";
import { SCOPES } from "./scopes.ts";
import { findSessionActor } from "./session_actor.ts";
import { TOKEN_LENGTH_MAX, type Tokens } from "./tokens.ts";
import { createUseNotes } from "./use_notes.ts";
import type { Verified } from "./verified.ts";

const CACHED_TOKENS_MAX = 10_000;
const USE_NOTED_EVERY_MS = 60_000;
const LOOPBACK = /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|::ffff:127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/;

interface AuthenticatorOptions {
  readonly tokens: Tokens;
  /** What a command on this machine sends as `Authorization: Local …`; null refuses all. */
  readonly localToken: string | null;
}

/**
 * A token that was verified is remembered until it expires or something about its user, session,
 * row or key changes; the request that finds it there costs neither cryptography nor a query.
 */
export function createAuthenticator(
  platform: Platform,
  { tokens, localToken }: AuthenticatorOptions,
): Authenticate {
  const { invalidations, clock } = platform;
  const notes = createUseNotes(platform);
  const verified = platform.caches.create<Verified>({
    name: "verified-tokens",
    entriesMax: CACHED_TOKENS_MAX,
    secretKeys: true,
    lifetimeMs: platform.settings.ACCESS_TOKEN_MINUTES * 60_000,
  });
  invalidations.subscribe(({ topic, key }) => {
    if (topic === "user") forget(verified, (actor) => actor.userId === key);
    if (topic === "session") forget(verified, (actor) => actor.sessionId === key);
    if (topic === "api_token") forget(verified, (actor) => actor.apiTokenId === key);
    if (topic === "signing_keys") forget(verified, () => true);
  });

  async function lookUp(token: string, address: string | null): Promise<Actor | null> {
    await invalidations.catchUp();
    const cached = verified.get(token);
    if (cached !== undefined) return admit(cached, address);
    const { generation } = invalidations;
    const found = isApiToken(token)
      ? await findApiTokenActor(platform, token)
      : await findSessionActor(platform, tokens, token);
    if (found === null) return null;
    const lifetimeMs = Math.min(
      found.expiresAt - clock.now(),
      platform.settings.ACCESS_TOKEN_MINUTES * 60_000,
    );
    // A change during the look-up may have come after the rows were read.
    if (invalidations.generation === generation) verified.set(token, found, lifetimeMs);
    return admit(found, address);
  }

  function admit(found: Verified, address: string | null): Actor {
    if (found.addresses !== null && !found.addresses.includes(address)) {
      throw fromElsewhere(address);
    }
    const now = clock.now();
    if (now - found.usedAt >= USE_NOTED_EVERY_MS) {
      found.usedAt = now;
      notes.note(found.actor, { at: now, address });
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
        return cached === undefined ? lookUp(credentials, address) : admit(cached, address);
      }
      case "local":
        return isLocal(credentials, address, localToken) ? systemActor(SCOPES) : null;
      default:
        return null;
    }
  };
}

function forget(cache: Cache<Verified>, isGone: (actor: Actor) => boolean): void {
  for (const key of [...cache.keys()]) {
    const found = cache.get(key);
    if (found !== undefined && isGone(found.actor)) cache.delete(key);
  }
}

function fromElsewhere(address: string | null): AppError {
  const from = address === null ? "an unknown address" : `address "${address}"`;
  return new AppError("FORBIDDEN", `Cannot use the API token: ${from} is not on its list`);
}

function isLocal(given: string, address: string | null, expected: string | null): boolean {
  if (expected === null || address === null || !LOOPBACK.test(address)) return false;
  const encoder = new TextEncoder();
  const [left, right] = [encoder.encode(given), encoder.encode(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
