/** A worker's verbs: claim, save, and the five ways a run ends. */
import { withDeadline } from "../platform/clock.ts";
import type { Platform } from "../platform/context.ts";
import { type Db, inTransaction } from "../platform/database/open.ts";
import { AppError } from "../platform/errors.ts";
import { toAppError } from "../platform/http/errors.ts";
import {
  advanceTurn,
  claimJobRow,
  deleteWorkersSeenBefore,
  endRun,
  expireAllLeases,
  type Lease,
  listExpiredLeases,
  nextTurnOfStarted,
  type RunEnd,
  upsertCheckpoint,
} from "./lease_store.ts";
import { jobEvent } from "./queue.ts";
import { KV_DEADLINE_MS, putReadyKeys, type ReadyJob } from "./ready_keys.ts";
import { DEATHS_MAX, decideRetry, publicError } from "./retry.ts";
import type { JobRow } from "./rows.ts";
import { deleteCheckpoint } from "./store.ts";

export const CHECKPOINT_BYTES_MAX = 32 * 1024 * 1024;
const RESULT_CHARACTERS_MAX = 65_536;
const BARREN_SLICES_MAX = 3;
const EXPIRED_A_ROUND = 200;

/** The row changed hands: nothing this run writes counts any more. */
export class LeaseLost extends Error {
  constructor({ id, fence }: Lease) {
    super(`Job "${id}" is no longer this worker's (fence ${fence})`);
    this.name = "LeaseLost";
  }
}

export interface Run {
  /** The row as the claim left it. */
  readonly row: JobRow;
  readonly ranMs: number;
}

/** Takes a ready job; null when another worker has it. Either way its key goes. */
export async function claimJob(
  platform: Platform,
  ready: ReadyJob,
  { workerId, leaseMs }: { workerId: string; leaseMs: number },
): Promise<JobRow | null> {
  const now = platform.clock.now();
  const row = await inTransaction(platform.db, async (tx) => {
    const claimed = await claimJobRow(tx, { id: ready.id, workerId, now, leaseMs });
    if (claimed === undefined) return null;
    await advanceTurn(tx, claimed);
    await platform.events(
      platform,
      tx,
      jobEvent(claimed, "started", { attempt: claimed.attempts }),
    );
    return claimed;
  });
  await forgetKey(platform, ready);
  return row;
}

/** A key left behind costs one lost claim later. */
async function forgetKey({ kv, log }: Platform, { key, id }: ReadyJob): Promise<void> {
  try {
    await withDeadline(kv.delete(key), KV_DEADLINE_MS);
  } catch (err) {
    log.debug("ready key was not deleted", { job_id: id, error: err });
  }
}

/** @throws LeaseLost; AppError LIMIT_EXCEEDED when the state is too large. */
export async function saveCheckpoint(
  platform: Platform,
  lease: Lease,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  if (bytes.length > CHECKPOINT_BYTES_MAX) {
    throw new AppError(
      "LIMIT_EXCEEDED",
      `Cannot save the job: its state has ${bytes.length} bytes, ${CHECKPOINT_BYTES_MAX} are allowed`,
    );
  }
  const saved = await upsertCheckpoint(platform.db, lease, { bytes, now: platform.clock.now() });
  if (!saved) throw new LeaseLost(lease);
}

export interface Completion {
  readonly result?: unknown;
  /** What the job changes, in the transaction that completes it: both happen or neither. */
  readonly effects?: (tx: Db) => Promise<void>;
}

/** @throws LeaseLost when another worker has the job; then no effect remains. */
export async function completeRun(
  platform: Platform,
  run: Run,
  { result, effects }: Completion,
): Promise<void> {
  const text = result === undefined ? null : JSON.stringify(result);
  if (text !== null && text.length > RESULT_CHARACTERS_MAX) {
    throw new Error(`Job result of ${text.length} characters: keep it in a row or a blob`);
  }
  await inTransaction(platform.db, async (tx) => {
    const now = platform.clock.now();
    await leaveRunning(tx, run, {
      status: "completed",
      result: text,
      error_code: null,
      error_message: null,
      finished_at: now,
      now,
    });
    await effects?.(tx);
    await finish(platform, tx, { ...run.row, status: "completed" });
  });
}

/**
 * What a kind does, in the same transaction, when its job ends without having completed: mark the
 * row the job worked for. `error` is null for a cancelled job.
 */
export type EndHook = (
  tx: Db,
  row: JobRow,
  error: { readonly code: string; readonly message: string } | null,
) => Promise<void>;

/** The hook of each kind that has one. */
export type EndHooks = ReadonlyMap<string, EndHook>;

export async function cancelRun(platform: Platform, run: Run, hooks: EndHooks): Promise<void> {
  await inTransaction(platform.db, async (tx) => {
    const now = platform.clock.now();
    await leaveRunning(tx, run, { status: "cancelled", finished_at: now, now });
    await hooks.get(run.row.kind)?.(tx, run.row, null);
    await finish(platform, tx, { ...run.row, status: "cancelled" });
  });
}

/** Puts the job back in line; a slice that saved nothing counts, three in a row fail the job. */
export async function yieldRun(
  platform: Platform,
  run: Run,
  { barren, hooks }: { barren: boolean; hooks: EndHooks },
): Promise<"yielded" | "failed"> {
  const barrenSlices = barren ? run.row.barren_slices + 1 : 0;
  if (barrenSlices >= BARREN_SLICES_MAX) {
    await buryRun(platform, run, hooks, {
      code: "LIMIT_EXCEEDED",
      message: `Cannot finish the job: ${BARREN_SLICES_MAX} slices in a row ended without a ` +
        `checkpoint; raise JOB_SLICE_MS`,
    });
    return "failed";
  }
  await requeueRun(platform, run, { barren_slices: barrenSlices });
  return "yielded";
}

/** Retries the job later, or moves it to the dead letters. Answers what became of it. */
export async function failRun(
  platform: Platform,
  run: Run,
  { error, hooks }: { error: unknown; hooks: EndHooks },
): Promise<"retried" | "failed"> {
  const failures = run.row.failures + 1;
  const jitter = (platform.random.bytes(1)[0] ?? 0) / 256;
  const decision = decideRetry({ failures, retriesMax: run.row.retries_max, error }, jitter);
  const { code, message } = publicError(error);
  if (!decision.retry) {
    await buryRun(platform, run, hooks, { code, message, failures });
    return "failed";
  }
  await requeueRun(platform, run, {
    failures,
    not_before: platform.clock.now() + decision.delayMs,
    error_code: code,
    error_message: message,
  });
  return "retried";
}

/** Takes back the jobs of workers that died; a job that killed three goes to the dead letters. */
export async function recoverExpired(platform: Platform, hooks: EndHooks): Promise<number> {
  const rows = await listExpiredLeases(platform.db, platform.clock.now(), EXPIRED_A_ROUND);
  for (const row of rows) {
    try {
      await recoverRun(platform, { row, ranMs: 0 }, hooks);
    } catch (err) {
      if (err instanceof LeaseLost) continue;
      if (toAppError(err)?.code === "DEPENDENCY_DOWN") throw err;
      // One job that cannot be taken back must not keep the others, or a start, from going on.
      platform.log.error("job was not taken back", { job_id: row.id, error: err });
    }
  }
  return rows.length;
}

async function recoverRun(platform: Platform, run: Run, hooks: EndHooks): Promise<void> {
  const deaths = run.row.deaths + 1;
  platform.log.warning("job lost its worker", {
    job_id: run.row.id,
    kind: run.row.kind,
    owner_id: run.row.owner_id,
    worker_id: run.row.lease_owner,
    deaths,
  });
  if (run.row.cancel_requested === 1) return await cancelRun(platform, run, hooks);
  if (deaths < DEATHS_MAX) return await requeueRun(platform, run, { deaths });
  await buryRun(platform, run, hooks, {
    code: "WORKER_DIED",
    message: `Cannot finish the job: its process died ${DEATHS_MAX} times`,
    deaths,
  });
}

/** For a database file at start: no other process can hold a lease on its jobs, or lives at all. */
export async function recoverAll(platform: Platform, hooks: EndHooks): Promise<number> {
  await deleteWorkersSeenBefore(platform.db, Number.MAX_SAFE_INTEGER);
  await expireAllLeases(platform.db);
  return await recoverExpired(platform, hooks);
}

async function requeueRun(
  platform: Platform,
  run: Run,
  changes: Partial<Omit<RunEnd, "now" | "ranMs">>,
): Promise<void> {
  const row = await inTransaction(platform.db, async (tx) => {
    const now = platform.clock.now();
    const notBefore = changes.not_before ?? 0;
    const pending = {
      ...changes,
      status: "pending" as const,
      turn: await nextTurnOfStarted(tx, run.row),
      not_before: notBefore,
      ready_at: Math.max(now, notBefore),
    };
    await leaveRunning(tx, run, { ...pending, now });
    const after = { ...run.row, ...pending };
    await platform.events(platform, tx, jobEvent(after, "requeued"));
    return after;
  });
  try {
    await putReadyKeys(platform.kv, [row]);
  } catch (err) {
    platform.log.warning("job was not announced", { job_id: row.id, error: err });
  }
}

/** The last failure: the job stays as a dead letter until its owner retries or deletes it. */
async function buryRun(
  platform: Platform,
  run: Run,
  hooks: EndHooks,
  { code, message, ...changes }: {
    code: string;
    message: string;
    failures?: number;
    deaths?: number;
  },
): Promise<void> {
  await inTransaction(platform.db, async (tx) => {
    const now = platform.clock.now();
    await leaveRunning(tx, run, {
      ...changes,
      status: "failed",
      error_code: code,
      error_message: message,
      finished_at: now,
      now,
    });
    const error = { code, message };
    await hooks.get(run.row.kind)?.(tx, run.row, error);
    await platform.events(
      platform,
      tx,
      jobEvent({ ...run.row, status: "failed" }, "failed", { error }),
    );
  });
}

async function leaveRunning(
  tx: Db,
  { row, ranMs }: Run,
  end: Omit<RunEnd, "ranMs">,
): Promise<void> {
  if (!await endRun(tx, row, { ...end, ranMs: Math.round(ranMs) })) throw new LeaseLost(row);
}

async function finish(platform: Platform, tx: Db, row: JobRow): Promise<void> {
  await deleteCheckpoint(tx, row.id);
  await platform.events(platform, tx, jobEvent(row, row.status));
}
