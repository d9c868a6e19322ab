/** The jobs a worker may try, in order: from KV, and now and then from the rows themselves. */
import { listPendingJobs, listReadyKeys, type ReadyJob, readyJobOf } from "../api/jobs/service.ts";
import type { Platform } from "../api/platform/context.ts";

const CANDIDATES = 32;
/** With KV empty the rows are asked this often, with KV down at each look. */
const ROWS_EVERY_MS = 5_000;

export interface ReadySource {
  list(): Promise<ReadyJob[]>;
}

export function createReadySource(platform: Platform, kinds: ReadonlySet<string>): ReadySource {
  const { clock, kv, log } = platform;
  /** When the rows were last found to hold nothing that KV does not show. */
  let emptyAt = -Infinity;
  async function listFromRows(): Promise<ReadyJob[]> {
    const now = clock.now();
    const rows = await listPendingJobs(platform.db, CANDIDATES);
    const due = rows.filter((row) => row.not_before <= now && kinds.has(row.kind));
    if (due.length === 0) emptyAt = clock.monotonic();
    return due.map(readyJobOf);
  }
  return {
    async list() {
      try {
        const ready = await listReadyKeys(kv, { now: clock.now(), limit: CANDIDATES, kinds });
        if (ready.length > 0 || clock.monotonic() - emptyAt < ROWS_EVERY_MS) return ready;
      } catch (err) {
        log.warning("the queue's order is unknown: KV does not answer", { error: err });
      }
      return await listFromRows();
    },
  };
}
