/** What keeps the queue whole: lost leases, lost keys, old rows. Each is a schedule. */
import type { Platform } from "../platform/context.ts";
import { deleteOldIdempotencyKeys } from "../platform/write.ts";
import { inTransaction } from "../platform/database/open.ts";
import { recoverExpired } from "./lease.ts";
import { deleteWorkersSeenBefore, listPendingJobs } from "./lease_store.ts";
import { findMissingKeys, putReadyKeys } from "./ready_keys.ts";
import type { ScheduleRunner } from "./schedule.ts";
import { deleteFinishedJobs } from "./store.ts";

const DAY_MS = 86_400_000;
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
export const jobSweeps: readonly ScheduleRunner[] = [
  {
    kind: "jobs.recover_leases",
    everyMs: 5_000,
    run: async (platform) => {
      await recoverExpired(platform);
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
  {
    kind: "jobs.delete_finished",
    everyMs: DAY_MS / 24,
    run: async (platform, { signal }) => {
      const before = platform.clock.now() - FINISHED_JOBS_KEPT_MS;
      for (let count = DELETED_A_ROUND; count === DELETED_A_ROUND && !signal.aborted;) {
        count = await inTransaction(
          platform.db,
          (tx) => deleteFinishedJobs(tx, { ownerId: null, before, limit: DELETED_A_ROUND }),
        );
      }
    },
  },
  {
    kind: "platform.idempotency_keys",
    everyMs: DAY_MS / 24,
    run: async (platform) =>
      void (await deleteOldIdempotencyKeys(platform, IDEMPOTENCY_KEYS_KEPT_MS)),
  },
];
