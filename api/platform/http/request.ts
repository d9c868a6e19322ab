/** What happens to every request before and after its route. */
import type { MiddlewareHandler } from "hono";
import { toRfc3339 } from "../clock.ts";
import type { Actor, Platform } from "../context.ts";
import type { Deadlines } from "../deadlines.ts";
import { traceField } from "../tracing.ts";
import type { Doorkeeper, Visit } from "./doors.ts";
import { errorResponse } from "./errors.ts";
import type { Env } from "./env.ts";
import { labelsOf } from "./labels.ts";

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

/** What stands between a request and its route, and what keeps a record of both. */
export interface RequestGuards {
  readonly authenticate: Authenticate;
  /** Absent: nobody's calls are limited. */
  readonly doorkeeper?: Doorkeeper;
  /** Told of every answer, once it is decided. */
  readonly record?: (answered: AnsweredRequest) => void;
}

export interface AnsweredRequest {
  readonly requestId: string;
  /** Null for nobody. */
  readonly actor: Actor | null;
  readonly method: string;
  /** Without the query, which may hold a ticket. */
  readonly path: string;
  readonly status: number;
  readonly durationMs: number;
  readonly address: string | null;
  readonly userAgent: string | null;
}

/** Opens the request's context, limits it, answers its failures, and records and measures it. */
export function handleRequest(
  platform: Platform,
  { authenticate, doorkeeper, record }: RequestGuards,
): MiddlewareHandler<Env> {
  const { clock, settings } = platform;
  const trusted = new Set(settings.TRUSTED_PROXIES);
  return async (c, next) => {
    const start = clock.monotonic();
    const given = c.req.header("x-request-id");
    const requestId = given !== undefined && REQUEST_ID.test(given) ? given : platform.ids.uuid();
    const address = clientAddress(c.env, c.req.header("x-forwarded-for"), trusted);
    const userAgent = c.req.header("user-agent")?.slice(0, USER_AGENT_LENGTH_MAX) ?? null;
    const limits = new RequestLimits(
      () => c.req.raw.signal,
      deadlineOf(settings.REQUEST_DEADLINE_MS, c.req.header("content-type")),
      platform.deadlines,
    );
    const answerHeaders = new Headers();
    let actor: Actor | null = null;
    let visit: Visit | null = null;
    let failure: unknown;
    try {
      actor = await authenticate(platform, {
        authorization: c.req.header("authorization"),
        address,
      });
      visit = await doorkeeper?.visit({ method: c.req.method, path: c.req.path, actor, address }) ??
        null;
      visit?.refuse();
      c.set("visit", visit);
      c.set("ctx", {
        ...platform,
        actor,
        requestId,
        address,
        userAgent,
        get signal() {
          return limits.signal;
        },
        idempotency: null,
        answerHeaders,
      });
      await Promise.race([next(), limits.expired]);
      failure = c.error;
    } catch (err) {
      failure = err;
    } finally {
      limits.end();
    }
    if (failure !== undefined) {
      const now = toRfc3339(clock.now());
      const accept = c.req.header("accept") ?? null;
      c.res = errorResponse(failure, { requestId, now, accept, path: c.req.path });
    }
    visit?.show(c.res.headers);
    setHeaders(c.res.headers, { requestId, answerHeaders });
    const { method, path } = c.req;
    const { status } = c.res;
    const durationMs = clock.monotonic() - start;
    const answered = { requestId, actor, method, path, status, durationMs, address, userAgent };
    record?.(answered);
    const labels = labelsOf(c);
    observe(platform, answered, { labels, failure });
    platform.tracing.nameRequest(
      `${labels.method} ${labels.route}`,
      () => traceAttributes(answered, labels.route, c.req.url),
    );
  };
}

/** The runtime traces the URL as it came; a token in it is masked here. */
function traceAttributes({ requestId, actor }: AnsweredRequest, route: string, url: string) {
  const masked = new URL(url);
  if (masked.searchParams.has("token")) masked.searchParams.set("token", "***");
  return {
    "http.route": route,
    "url.full": masked.href,
    "url.query": masked.search.slice(1),
    "request.id": requestId,
    ...(actor === null ? {} : { "user.id": actor.userId }),
  };
}

/** Counts the answer and writes a line about it. */
function observe(
  { telemetry, tracing, log }: Platform,
  { requestId, actor, method, path, status, durationMs, address }: AnsweredRequest,
  { labels, failure }: { labels: ReturnType<typeof labelsOf>; failure: unknown },
): void {
  telemetry.httpRequests.inc({ ...labels, status });
  telemetry.httpSeconds.observe(labels, durationMs / 1000);
  log[status >= 500 ? "error" : "info"]("request", {
    request_id: requestId,
    method,
    path,
    status,
    duration_ms: Math.round(durationMs * 1000) / 1000,
    user_id: actor?.userId,
    address,
    ...traceField(tracing.current()),
    ...(status >= 500 ? { error: failure } : {}),
  });
}

/** How long a request may take, and the signal that tells its handler to stop. */
class RequestLimits {
  /** Rejects at the deadline: a handler that does not heed its signal must not keep the client waiting. */
  readonly expired: Promise<never>;
  readonly end: () => void;
  readonly #gone: () => AbortSignal;
  #stop: AbortController | null = null;
  #reason: DOMException | null = null;

  /** `gone` finds the signal of a client that went away. */
  constructor(gone: () => AbortSignal, deadlineMs: number, deadlines: Deadlines) {
    this.#gone = gone;
    const { promise, reject } = Promise.withResolvers<never>();
    this.expired = promise;
    this.end = deadlines.start(deadlineMs, () => {
      this.#reason = new DOMException("deadline", "TimeoutError");
      this.#stop?.abort(this.#reason);
      reject(this.#reason);
    });
  }

  /**
   * Aborts at the deadline or once the client is gone. Made when it is first asked for: the runtime's
   * own signal, and joining signals by `AbortSignal.any`, take longer than all the rest of a short request.
   */
  get signal(): AbortSignal {
    if (this.#stop !== null) return this.#stop.signal;
    const stop = this.#stop = new AbortController();
    const gone = this.#gone();
    if (this.#reason !== null) stop.abort(this.#reason);
    else if (gone.aborted) stop.abort(gone.reason);
    else gone.addEventListener("abort", () => stop.abort(gone.reason), { once: true });
    return stop.signal;
  }
}

function setHeaders(
  headers: Headers,
  { requestId, answerHeaders }: { requestId: string; answerHeaders: Headers },
): void {
  headers.set("X-Request-ID", requestId);
  for (const [name, value] of SECURITY_HEADERS) {
    if (!headers.has(name)) headers.set(name, value);
  }
  answerHeaders.forEach((value, name) => headers.set(name, value));
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
