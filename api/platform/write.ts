/** The one shape of a write verb: scope → transaction { key → rule → write → audit → event }. */
import type { Scope } from "../auth/scopes.ts";
import { type Actor, type Ctx, requireActor } from "./context.ts";
import { type Db, inTransaction, tables } from "./database/open.ts";
import { isUniqueViolation } from "./database/rows.ts";
import { AppError } from "./errors.ts";
import type { Invalidation } from "./invalidations.ts";

export interface WriteSpec<T> {
  readonly scope: Scope;
  /** `strategy.create`: what the audit trail says. */
  readonly action: string;
  /** `strategy`: the kind of row that changes. */
  readonly kind: string;
  /**
   * Renders the answer again from the row an earlier request with this Idempotency-Key made.
   * Verbs that create something give it; others ignore the key, because they repeat harmlessly.
   */
  readonly replay?: (ctx: Ctx, resourceId: string, tx: Db) => Promise<T>;
}

export interface Change<T> {
  readonly resourceId: string;
  /** Whose row it is; the actor's unless said otherwise. */
  readonly ownerId?: string;
  /** For the audit trail, without secrets. */
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
  readonly event?: { readonly type: string; readonly data: Readonly<Record<string, unknown>> };
  /** Cached rows that every process must look at again. */
  readonly invalidates?: readonly Invalidation[];
  readonly answer: T;
}

interface IdempotencyTables {
  idempotency_keys: {
    owner_id: string;
    key: string;
    request_hash: string;
    resource_kind: string;
    resource_id: string;
    status: number;
    created_at: number;
  };
}

/** Runs a write verb; everything `work` does is one transaction with its audit row and event. */
export async function write<T>(
  ctx: Ctx,
  spec: WriteSpec<T>,
  work: (tx: Db, actor: Actor) => Promise<Change<T>>,
): Promise<T> {
  const actor = requireActor(ctx, spec.scope);
  const start = ctx.clock.monotonic();
  let invalidated = false;
  try {
    const answer = await inTransaction(ctx.db, async (tx) => {
      const earlier = await findEarlier(ctx, spec, tx, actor);
      if (earlier !== null) {
        ctx.answerHeaders.set("Idempotent-Replayed", "true");
        return await earlier.replay(tx, earlier.resourceId);
      }
      const change = await work(tx, actor);
      await record(ctx, spec, tx, { actor, change });
      invalidated = change.invalidates !== undefined;
      return change.answer;
    });
    if (invalidated) ctx.invalidations.expire();
    return answer;
  } finally {
    ctx.telemetry.databaseSeconds.observe(
      { operation: spec.action },
      (ctx.clock.monotonic() - start) / 1000,
    );
  }
}

async function findEarlier<T>(ctx: Ctx, spec: WriteSpec<T>, tx: Db, actor: Actor) {
  const { replay } = spec;
  if (ctx.idempotency === null || replay === undefined) return null;
  const row = await tables<IdempotencyTables>(tx)
    .selectFrom("idempotency_keys").selectAll()
    .where("owner_id", "=", actor.userId).where("key", "=", ctx.idempotency.key)
    .executeTakeFirst();
  if (row === undefined) return null;
  if (row.request_hash !== ctx.idempotency.requestHash || row.resource_kind !== spec.kind) {
    throw new AppError(
      "IDEMPOTENCY_KEY_REUSED",
      `Cannot repeat the request: Idempotency-Key "${row.key}" belongs to a different one`,
    );
  }
  return {
    resourceId: row.resource_id,
    replay: (tx: Db, resourceId: string) => replay(ctx, resourceId, tx),
  };
}

async function record<T>(
  ctx: Ctx,
  spec: WriteSpec<T>,
  tx: Db,
  { actor, change }: { actor: Actor; change: Change<T> },
): Promise<void> {
  const ownerId = change.ownerId ?? actor.userId;
  if (ctx.idempotency !== null && spec.replay !== undefined) {
    await insertKey(ctx, tx, {
      owner_id: actor.userId,
      key: ctx.idempotency.key,
      request_hash: ctx.idempotency.requestHash,
      resource_kind: spec.kind,
      resource_id: change.resourceId,
      status: 201,
      created_at: ctx.clock.now(),
    });
  }
  await ctx.audit(ctx, tx, {
    action: spec.action,
    resourceKind: spec.kind,
    resourceId: change.resourceId,
    ownerId,
    ...(change.before === undefined ? {} : { before: change.before }),
    ...(change.after === undefined ? {} : { after: change.after }),
  });
  if (change.invalidates !== undefined) await ctx.invalidations.record(tx, change.invalidates);
  if (change.event === undefined) return;
  await ctx.events(ctx, tx, {
    ownerId,
    type: change.event.type,
    resourceKind: spec.kind,
    resourceId: change.resourceId,
    data: change.event.data,
  });
}

async function insertKey(
  ctx: Ctx,
  tx: Db,
  row: IdempotencyTables["idempotency_keys"],
): Promise<void> {
  try {
    await tables<IdempotencyTables>(tx).insertInto("idempotency_keys").values(row).execute();
  } catch (err) {
    if (!isUniqueViolation(err, "idempotency_keys")) throw err;
    throw new AppError(
      "REQUEST_IN_PROGRESS",
      `Cannot repeat the request: one with Idempotency-Key "${ctx.idempotency?.key}" still runs`,
      { cause: err },
    );
  }
}

/** Forgets keys older than `ageMs`; a sweep calls it. Answers how many went. */
export async function deleteOldIdempotencyKeys(
  ctx: Pick<Ctx, "db" | "clock">,
  ageMs: number,
): Promise<number> {
  const result = await tables<IdempotencyTables>(ctx.db).deleteFrom("idempotency_keys")
    .where("created_at", "<", ctx.clock.now() - ageMs).executeTakeFirst();
  return Number(result.numDeletedRows);
}
