/** The jobs a worker may try, in order: from KV, and now and then from the rows themselves. */
import { listDueJobs, listReadyKeys, type ReadyJob, readyJobOf } from "../api/jobs/service.ts";
import type { Platform } from "../api/platform/context.ts";

export const CANDIDATES_MAX = 32;
/** With KV empty the rows are asked this often, with KV down at each look. */
const ROWS_EVERY_MS = 5_000;

export interface ReadySource {
  /** The first jobs in line that this worker can ever run, so that no other hides those behind. */
  list(): Promise<ReadyJob[]>;
  /** The first of those that are expected to take less than `ms`. */
  listShorterThan(ms: number): Promise<ReadyJob[]>;
}

export interface ReadyOptions {
  readonly kinds: ReadonlySet<string>;
  readonly memoryMbMax: number;
}

export function createReadySource(
  platform: Platform,
  { kinds, memoryMbMax }: ReadyOptions,
): ReadySource {
  const { clock, kv, log } = platform;
  const limit = CANDIDATES_MAX;
  /** When the rows were last found to hold nothing that KV does not show. */
  let emptyAt = -Infinity;
  async function listFromRows(estimateMsBelow?: number): Promise<ReadyJob[]> {
    const query = { now: clock.now(), kinds, memoryMbMax, estimateMsBelow, limit };
    return (await listDueJobs(platform.db, query)).map(readyJobOf);
  }
  /** Null when KV does not answer. */
  async function listFromKv(estimateMsBelow = Infinity): Promise<ReadyJob[] | null> {
    const isAdmitted = ({ kind, memoryMb, estimateMs }: ReadyJob) =>
      kinds.has(kind) && memoryMb <= memoryMbMax &&
      (estimateMsBelow === Infinity || (estimateMs !== null && estimateMs < estimateMsBelow));
    try {
      return await listReadyKeys(kv, { now: clock.now(), limit, admits: isAdmitted });
    } catch (err) {
      log.warning("the queue's order is unknown: KV does not answer", { error: err });
      return null;
    }
  }
  return {
    async list() {
      const ready = await listFromKv();
      const isRecent = clock.monotonic() - emptyAt < ROWS_EVERY_MS;
      if (ready !== null && (ready.length > 0 || isRecent)) return ready;
      const due = await listFromRows();
      if (due.length === 0) emptyAt = clock.monotonic();
      return due;
    },
    listShorterThan: async (ms) => await listFromKv(ms) ?? await listFromRows(ms),
  };
}
