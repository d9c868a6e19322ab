/** Reads the Idempotency-Key of a POST; the verb's own transaction gives it its meaning. */
import type { MiddlewareHandler } from "hono";
import type { IdempotencyRequest } from "../context.ts";
import { sha256Hex } from "../encoding.ts";
import { AppError } from "../errors.ts";
import type { BodyKind } from "./body_limit.ts";
import type { Env } from "./env.ts";

const KEY_LENGTH_MAX = 255;

/**
 * Puts key and request digest into the context. An import's body is too long to be held, so its
 * digest is of the address alone until the verb that streams the body adds it with `withContent`.
 */
export function readIdempotencyKey(kind: BodyKind): MiddlewareHandler<Env> {
  return async (c, next) => {
    const key = c.req.header("idempotency-key");
    if (key !== undefined && c.req.method === "POST") {
      if (key === "" || key.length > KEY_LENGTH_MAX) {
        throw new AppError(
          "BAD_REQUEST",
          `Cannot use the Idempotency-Key: it has ${key.length} characters, 1 to 255 are allowed`,
        );
      }
      const body = kind === "import" ? "" : await c.req.text();
      const { pathname, search } = new URL(c.req.url);
      const requestHash = sha256Hex(`POST ${pathname}${search}\n${body}`);
      c.set("ctx", { ...c.get("ctx"), idempotency: { key, requestHash } });
    }
    await next();
  };
}

/** The request once the digest of its streamed body is known: another body is another request. */
export function withContent(request: IdempotencyRequest, bodyHash: string): IdempotencyRequest {
  return { ...request, requestHash: sha256Hex(`${request.requestHash}\n${bodyHash}`) };
}
