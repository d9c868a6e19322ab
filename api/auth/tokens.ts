/** Access and refresh tokens: JWTs signed with HS256 under a key id. */
import { type JWTPayload, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import type { Clock } from "../platform/clock.ts";
import type { Settings } from "../platform/config.ts";
import type { SigningKeys } from "./keys.ts";

const ISSUER = "candlewick";
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Longer texts are no tokens of ours; they are refused before anything looks at them. */
export const TOKEN_LENGTH_MAX = 2_048;

const accessClaims = z.object({ sub: z.uuid(), sid: z.uuid(), exp: z.number() });
const refreshClaims = accessClaims.extend({ gen: z.number().int().min(0), jti: z.string() });

export interface AccessToken {
  readonly userId: string;
  readonly sessionId: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

export interface RefreshToken extends AccessToken {
  /** 0 for the one that came with the login, then one more for each successor. */
  readonly generation: number;
  readonly tokenId: string;
}

export interface Tokens {
  signAccess(token: Omit<AccessToken, "expiresAt">): Promise<string>;
  signRefresh(token: Omit<RefreshToken, "expiresAt">): Promise<string>;
  /** @returns null when the token is not ours, is of the other kind, or has expired. */
  verifyAccess(text: string): Promise<AccessToken | null>;
  verifyRefresh(text: string): Promise<RefreshToken | null>;
  /** When a refresh token that is signed now expires, in epoch milliseconds. */
  refreshExpiry(): number;
}

type Kind = "at+jwt" | "rt+jwt";

interface TokenOptions {
  readonly keys: SigningKeys;
  readonly clock: Clock;
  readonly settings: Pick<Settings, "ACCESS_TOKEN_MINUTES" | "REFRESH_TOKEN_DAYS">;
}

export function createTokens({ keys, clock, settings }: TokenOptions): Tokens {
  const accessMs = settings.ACCESS_TOKEN_MINUTES * MINUTE_MS;
  const refreshMs = settings.REFRESH_TOKEN_DAYS * DAY_MS;

  async function sign(typ: Kind, claims: JWTPayload, lifetimeMs: number): Promise<string> {
    const { id, secret } = await keys.newest();
    const now = clock.now();
    return await new SignJWT(claims)
      .setProtectedHeader({ alg: "HS256", typ, kid: id })
      .setIssuer(ISSUER)
      .setIssuedAt(new Date(now))
      .setExpirationTime(new Date(now + lifetimeMs))
      .sign(secret);
  }

  async function verify(typ: Kind, text: string): Promise<JWTPayload | null> {
    if (text.length > TOKEN_LENGTH_MAX) return null;
    try {
      const { payload } = await jwtVerify(text, async ({ kid }) => {
        const key = kid === undefined ? null : await keys.find(kid);
        if (key === null) throw new UnknownKeyError();
        return key.secret;
      }, { algorithms: ["HS256"], typ, issuer: ISSUER, currentDate: new Date(clock.now()) });
      return payload;
    } catch (err) {
      if (err instanceof UnknownKeyError || isTokenFault(err)) return null;
      throw err;
    }
  }

  return {
    signAccess: ({ userId, sessionId }) =>
      sign("at+jwt", { sub: userId, sid: sessionId }, accessMs),
    signRefresh: ({ userId, sessionId, generation, tokenId }) =>
      sign("rt+jwt", { sub: userId, sid: sessionId, gen: generation, jti: tokenId }, refreshMs),
    async verifyAccess(text) {
      const claims = accessClaims.safeParse(await verify("at+jwt", text));
      return claims.success ? toAccess(claims.data) : null;
    },
    async verifyRefresh(text) {
      const claims = refreshClaims.safeParse(await verify("rt+jwt", text));
      if (!claims.success) return null;
      const { gen, jti } = claims.data;
      return { ...toAccess(claims.data), generation: gen, tokenId: jti };
    },
    refreshExpiry: () => clock.now() + refreshMs,
  };
}

class UnknownKeyError extends Error {}

/** A fault of the token itself; a database that does not answer is none. */
function isTokenFault(err: unknown): boolean {
  return err instanceof Error && "code" in err && /^ERR_J/.test(String(err.code));
}

function toAccess({ sub, sid, exp }: z.infer<typeof accessClaims>): AccessToken {
  return { userId: sub, sessionId: sid, expiresAt: exp * 1_000 };
}
