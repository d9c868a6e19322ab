/** What keeps the queue whole: lost leases, lost keys, old rows. Each is a schedule. */
import type { Platform } from "../platform/context.ts";
import { deleteOldIdempotencyKeys } from "../platform/write.ts";
import { inTransaction } from "../platform/database/open.ts";
import { type EndHooks, recoverExpired } from "./lease.ts";
import { deleteWorkersSeenBefore, listPendingJobs } from "./lease_store.ts";
import { findMissingKeys, putReadyKeys } from "./ready_keys.ts";
import type { ScheduledRun, ScheduleRunner } from "./schedule.ts";
import { deleteFinishedJobs } from "./store.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const KEYS_A_ROUND = 1_000;
const DELETED_A_ROUND = 500;
const FINISHED_JOBS_KEPT_MS = 30 * DAY_MS;
/** Twice what clients may count on. */
const IDEMPOTENCY_KEYS_KEPT_MS = 2 * DAY_MS;

/** Puts back the keys of waiting jobs that KV lost; those next in turn first. */
export async function restoreReadyKeys(platform: Platform): Promise<number> {
  const rows = await listPendingJobs(platform.db, KEYS_A_ROUND);
  const missing = await findMissingKeys(platform.kv, rows);
  await putReadyKeys(platform.kv, missing);
  return missing.length;
}

/** The sweeps every deployment runs; others are added where workers start. */
export function jobSweeps(hooks: EndHooks): readonly ScheduleRunner[] {
  return [
    {
      kind: "jobs.recover_leases",
      everyMs: 5_000,
      run: async (platform) => {
        await recoverExpired(platform, hooks);
        await deleteWorkersSeenBefore(platform.db, platform.clock.now() - DAY_MS);
      },
    },
    {
      kind: "jobs.restore_keys",
      everyMs: 10_000,
      run: async (platform) => {
        const count = await restoreReadyKeys(platform);
        if (count > 0) platform.log.warning("lost queue keys were restored", { count });
      },
    },
    { kind: "jobs.delete_finished", everyMs: HOUR_MS, run: sweepFinishedJobs },
    {
      kind: "platform.idempotency_keys",
      everyMs: HOUR_MS,
      run: async (platform) => {
        await deleteOldIdempotencyKeys(platform, IDEMPOTENCY_KEYS_KEPT_MS);
      },
    },
  ];
}

async function sweepFinishedJobs(platform: Platform, { signal }: ScheduledRun): Promise<void> {
  const before = platform.clock.now() - FINISHED_JOBS_KEPT_MS;
  for (let count = DELETED_A_ROUND; count === DELETED_A_ROUND && !signal.aborted;) {
    count = await inTransaction(
      platform.db,
      (tx) => deleteFinishedJobs(tx, { ownerId: null, before, limit: DELETED_A_ROUND }),
    );
  }
}
