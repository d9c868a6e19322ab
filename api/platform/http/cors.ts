/** Which other sites' pages may call, and read the answers: those of `CORS_ORIGINS`. */
import type { MiddlewareHandler } from "hono";
import type { Env } from "./env.ts";

const METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
const REQUEST_HEADERS = [
  "Authorization",
  "Content-Type",
  "Idempotency-Key",
  "If-Match",
  "If-None-Match",
  "Last-Event-ID",
  "X-Request-ID",
].join(",");
const ANSWER_HEADERS = [
  "Content-Disposition",
  "ETag",
  "X-Request-ID",
  "Idempotent-Replayed",
  "Location",
  "Link",
  "Retry-After",
  "X-RateLimit-Limit",
  "X-RateLimit-Remaining",
  "X-RateLimit-Reset",
  "X-RateLimit-Weight",
  "RateLimit",
  "RateLimit-Policy",
].join(",");
const PREFLIGHT_SECONDS = 600;

/**
 * Marks every finished answer, whatever failed on its way, so it stands before all else. `Vary`
 * stands on answers to other origins too: a cache must not show one origin's answer to another.
 */
export function shareAnswers(origins: readonly string[]): MiddlewareHandler<Env> {
  const allowed = new Set(origins);
  return async (c, next) => {
    // Read now: the request of a WebSocket is closed once it is answered.
    const origin = c.req.header("origin");
    await next();
    const { headers } = c.res;
    headers.append("Vary", "Origin");
    if (origin === undefined || !allowed.has(origin)) return;
    headers.set("Access-Control-Allow-Origin", origin);
    headers.set("Access-Control-Expose-Headers", ANSWER_HEADERS);
  };
}

/** Answers a browser's question what it may send; which origin may is for `shareAnswers`. */
export const answerPreflight: MiddlewareHandler<Env> = async (c, next) => {
  const isPreflight = c.req.method === "OPTIONS" &&
    c.req.header("access-control-request-method") !== undefined;
  if (!isPreflight) return await next();
  return c.body(null, 204, {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": REQUEST_HEADERS,
    "Access-Control-Max-Age": String(PREFLIGHT_SECONDS),
  });
};
