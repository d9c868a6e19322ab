/** What every verb gets: the open platform, who asks, and until when. */
import type { Role, Scope } from "../auth/scopes.ts";
import type { Announcements } from "./announcements.ts";
import type { Blobs } from "./blobs.ts";
import type { CacheRegistry } from "./cache.ts";
import type { Clock, Ids, Random } from "./clock.ts";
import type { Settings } from "./config.ts";
import type { Db } from "./database/open.ts";
import type { Deadlines } from "./deadlines.ts";
import { AppError } from "./errors.ts";
import type { Invalidations } from "./invalidations.ts";
import type { Log } from "./log.ts";
import type { MailPort } from "./mail.ts";
import type { Secrets } from "./secrets.ts";
import type { Telemetry } from "./telemetry.ts";
import type { Tracing } from "./tracing.ts";
import type { WriteBehinds } from "./write_behind.ts";

/** What one process has opened; it lives as long as the process. */
export interface Platform {
  readonly settings: Settings;
  readonly db: Db;
  readonly kv: Deno.Kv;
  readonly blobs: Blobs;
  readonly caches: CacheRegistry;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly random: Random;
  readonly secrets: Secrets;
  readonly invalidations: Invalidations;
  readonly log: Log;
  readonly telemetry: Telemetry;
  readonly tracing: Tracing;
  readonly audit: AuditSink;
  readonly events: EventSink;
  readonly announcements: Announcements;
  readonly writeBehinds: WriteBehinds;
  readonly deadlines: Deadlines;
  readonly mail: MailPort;
}

/** Who asks. */
export interface Actor {
  readonly userId: string;
  readonly username: string;
  readonly role: Role | "system";
  readonly scopes: ReadonlySet<Scope>;
  /** Null for a token that is no login session, and for the system itself. */
  readonly sessionId: string | null;
  /** The API token that speaks for the user, when one does. */
  readonly apiTokenId?: string;
}

/** A client's Idempotency-Key with a digest of the request it belongs to. */
export interface IdempotencyRequest {
  readonly key: string;
  readonly requestHash: string;
}

export interface Ctx extends Platform {
  readonly actor: Actor | null;
  readonly requestId: string;
  /** The client's address, null inside a job. */
  readonly address: string | null;
  /** What the client calls itself, cut to 256 characters; null inside a job. */
  readonly userAgent: string | null;
  readonly signal: AbortSignal;
  readonly idempotency: IdempotencyRequest | null;
  /** Headers the answer gets beside its own. */
  readonly answerHeaders: Headers;
}

export interface AuditEntry {
  readonly action: string;
  readonly resourceKind: string;
  readonly resourceId: string | null;
  readonly ownerId: string | null;
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
}

/** Writes an audit row in the verb's own transaction. */
export type AuditSink = (ctx: Ctx, tx: Db, entry: AuditEntry) => Promise<void>;

export interface EventEntry {
  readonly ownerId: string;
  /** `strategy.created`, `job.finished`, … */
  readonly type: string;
  readonly resourceKind: string;
  readonly resourceId: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Writes an outbox event, numbered without gaps per owner, in the verb's own transaction. */
export type EventSink = (ctx: Pick<Ctx, "clock">, tx: Db, entry: EventEntry) => Promise<void>;

/**
 * The actor, once it may do what the scope names.
 *
 * @throws AppError INVALID_TOKEN without an actor, MISSING_SCOPE without the scope.
 */
export function requireActor(ctx: Pick<Ctx, "actor">, scope: Scope): Actor {
  if (ctx.actor === null) {
    throw new AppError("INVALID_TOKEN", "Cannot go on: send a valid access token", {
      headers: { "WWW-Authenticate": 'Bearer realm="candlewick"' },
    });
  }
  if (!ctx.actor.scopes.has(scope)) {
    throw new AppError("MISSING_SCOPE", `Cannot go on: scope "${scope}" is missing`);
  }
  return ctx.actor;
}

/** The actor's id, for `where("owner_id", "=", ownedBy(ctx))`: strangers' rows do not exist. */
export function ownedBy(ctx: Pick<Ctx, "actor">): string {
  if (ctx.actor === null) throw new AppError("INVALID_TOKEN", "Cannot go on: nobody is signed in");
  return ctx.actor.userId;
}

/** The system itself, for schedules and for commands on this machine. */
export function systemActor(scopes: Iterable<Scope>): Actor {
  return {
    userId: SYSTEM_USER_ID,
    username: "system",
    role: "system",
    scopes: new Set(scopes),
    sessionId: null,
  };
}

/** The user that owns templates and shared rows; made by the first migration. */
export const SYSTEM_USER_ID = "00000000-0000-7000-8000-000000000000";

/** A context outside HTTP: a job, a schedule, a command. */
export function createCtx(
  platform: Platform,
  { actor, signal, requestId }: { actor: Actor | null; signal: AbortSignal; requestId?: string },
): Ctx {
  return {
    ...platform,
    actor,
    signal,
    requestId: requestId ?? platform.ids.uuid(),
    address: null,
    userAgent: null,
    idempotency: null,
    answerHeaders: new Headers(),
  };
}
