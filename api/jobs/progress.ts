/** How far a run is: ephemeral, in KV, the latest wins; the heartbeat leaves a copy in the row. */
import { withDeadline } from "../platform/clock.ts";
import type { Platform } from "../platform/context.ts";
import { KV_DEADLINE_MS } from "./ready_keys.ts";

export interface JobProgress {
  /** 0 to 1. */
  readonly ratio: number;
  readonly message?: string;
  /** Counts and figures a client may show. */
  readonly figures?: Readonly<Record<string, number>>;
}

const LIFETIME_MS = 3_600_000;
const KEYS_PER_READ = 10;

function progressKey(jobId: string): Deno.KvKey {
  return ["progress", jobId];
}

/** Lost when KV is down: progress is worth no failure. */
export async function putProgress(
  { kv, log }: Pick<Platform, "kv" | "log">,
  jobId: string,
  progress: JobProgress,
): Promise<void> {
  try {
    const set = kv.set(progressKey(jobId), progress, { expireIn: LIFETIME_MS });
    await withDeadline(set, KV_DEADLINE_MS);
  } catch (err) {
    log.debug("progress was not stored", { job_id: jobId, error: err });
  }
}

/** The latest progress of each job that has one. */
export async function readProgress(
  { kv, log }: Pick<Platform, "kv" | "log">,
  jobIds: readonly string[],
): Promise<Map<string, JobProgress>> {
  const found = new Map<string, JobProgress>();
  try {
    for (let start = 0; start < jobIds.length; start += KEYS_PER_READ) {
      const chunk = jobIds.slice(start, start + KEYS_PER_READ);
      const read = kv.getMany<JobProgress[]>(chunk.map(progressKey));
      const entries = await withDeadline(read, KV_DEADLINE_MS);
      chunk.forEach((id, index) => {
        const value = entries[index]?.value;
        if (value !== null && value !== undefined) found.set(id, value);
      });
    }
  } catch (err) {
    log.debug("progress was not read", { error: err });
  }
  return found;
}
