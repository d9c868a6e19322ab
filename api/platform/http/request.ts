/** What happens to every request before and after its route. */
import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import { toRfc3339 } from "../clock.ts";
import type { Actor, Ctx, Platform } from "../context.ts";
import { errorResponse } from "./errors.ts";
import type { Env } from "./env.ts";

/** Finds who sends a request; null for nobody, and for a token that is not good. */
export type Authenticate = (
  platform: Platform,
  request: { authorization: string | undefined; address: string | null },
) => Promise<Actor | null> | Actor | null;

const REQUEST_ID = /^[A-Za-z0-9._-]{8,64}$/;
const IMPORT_DEADLINE_FACTOR = 10;
const USER_AGENT_LENGTH_MAX = 256;

const SECURITY_HEADERS: readonly (readonly [string, string])[] = [
  ["X-Content-Type-Options", "nosniff"],
  ["X-Frame-Options", "DENY"],
  ["Referrer-Policy", "no-referrer"],
  ["Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"],
  ["Cross-Origin-Resource-Policy", "same-origin"],
  ["Strict-Transport-Security", "max-age=31536000; includeSubDomains"],
];

/** Opens the request's context, answers its failures, and logs and measures it. */
export function handleRequest(
  platform: Platform,
  authenticate: Authenticate,
): MiddlewareHandler<Env> {
  const { clock, settings, telemetry, log } = platform;
  const trusted = new Set(settings.TRUSTED_PROXIES);
  return async (c, next) => {
    const start = clock.monotonic();
    const given = c.req.header("x-request-id");
    const requestId = given !== undefined && REQUEST_ID.test(given) ? given : platform.ids.uuid();
    const address = clientAddress(c.env, c.req.header("x-forwarded-for"), trusted);
    const deadline = new AbortController();
    const timer = setTimeout(
      () => deadline.abort(new DOMException("deadline", "TimeoutError")),
      deadlineOf(settings.REQUEST_DEADLINE_MS, c.req.header("content-type")),
    );
    let ctx: Ctx | null = null;
    let failure: unknown;
    try {
      const authorization = c.req.header("authorization");
      ctx = {
        ...platform,
        actor: null,
        requestId,
        address,
        userAgent: c.req.header("user-agent")?.slice(0, USER_AGENT_LENGTH_MAX) ?? null,
        signal: AbortSignal.any([deadline.signal, c.req.raw.signal]),
        idempotency: null,
        answerHeaders: new Headers(),
      };
      c.set("ctx", ctx);
      const actor = await authenticate(platform, { authorization, address });
      if (actor !== null) {
        ctx = { ...ctx, actor };
        c.set("ctx", ctx);
      }
      await Promise.race([next(), rejectWhenAborted(deadline.signal)]);
      failure = c.error;
    } catch (err) {
      failure = err;
    } finally {
      clearTimeout(timer);
    }
    if (failure !== undefined) {
      c.res = errorResponse(failure, {
        requestId,
        now: toRfc3339(clock.now()),
        accept: c.req.header("accept") ?? null,
        path: c.req.path,
      });
    }
    setHeaders(c.res.headers, { requestId, answerHeaders: ctx?.answerHeaders });
    const { status } = c.res;
    const route = routePath(c, -1);
    const seconds = (clock.monotonic() - start) / 1000;
    telemetry.httpRequests.inc({ method: c.req.method, route, status });
    telemetry.httpSeconds.observe({ method: c.req.method, route }, seconds);
    log[status >= 500 ? "error" : "info"]("request", {
      request_id: requestId,
      method: c.req.method,
      path: c.req.path,
      status,
      duration_ms: Math.round(seconds * 1e6) / 1000,
      user_id: ctx?.actor?.userId,
      address,
      ...(status >= 500 ? { error: failure } : {}),
    });
  };
}

/** A handler that does not heed its signal must not keep the client waiting. */
function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  return promise;
}

function setHeaders(
  headers: Headers,
  { requestId, answerHeaders }: { requestId: string; answerHeaders: Headers | undefined },
): void {
  headers.set("X-Request-ID", requestId);
  for (const [name, value] of SECURITY_HEADERS) {
    if (!headers.has(name)) headers.set(name, value);
  }
  answerHeaders?.forEach((value, name) => headers.set(name, value));
}

/** The peer's address, or the one a trusted proxy forwards. */
function clientAddress(
  env: unknown,
  forwarded: string | undefined,
  trusted: ReadonlySet<string>,
): string | null {
  const peer = (env as { remoteAddr?: { hostname?: string } } | undefined)?.remoteAddr?.hostname ??
    null;
  if (forwarded === undefined || peer === null || !trusted.has(peer)) return peer;
  const hops = forwarded.split(",").map((hop) => hop.trim());
  return hops.findLast((hop) => !trusted.has(hop)) ?? peer;
}

function deadlineOf(deadlineMs: number, contentType: string | undefined): number {
  const isUpload = contentType !== undefined &&
    /^(text\/csv|application\/(octet-stream|gzip|zip|vnd\.apache\.)|multipart\/)/.test(contentType);
  return isUpload ? deadlineMs * IMPORT_DEADLINE_FACTOR : deadlineMs;
}
