/** What signing in keeps for the life of a process. */
import type { Platform } from "../platform/context.ts";
import type { Authenticate } from "../platform/http/request.ts";
import { createRateLimiter, type RateLimiter } from "../platform/rate_limit.ts";
import { createAuthenticator } from "./authenticator.ts";
import { createSigningKeys, type SigningKeys } from "./keys.ts";
import { createPasswords, type Passwords } from "./passwords.ts";
import { createTokens, type Tokens } from "./tokens.ts";

export interface Auth {
  readonly passwords: Passwords;
  readonly keys: SigningKeys;
  readonly tokens: Tokens;
  readonly limiter: RateLimiter;
  readonly authenticate: Authenticate;
}

/** `localToken` proves a command on this machine; null refuses all such commands. */
export function createAuth(
  platform: Platform,
  { localToken }: { localToken: string | null },
): Auth {
  const keys = createSigningKeys(platform);
  const tokens = createTokens({ keys, clock: platform.clock, settings: platform.settings });
  return {
    passwords: createPasswords(platform.settings, platform.random),
    keys,
    tokens,
    limiter: createRateLimiter(platform),
    authenticate: createAuthenticator(platform, { tokens, localToken }),
  };
}
