/** Why a job waits, in words its owner understands. Pure. */
import { toRfc3339 } from "../platform/clock.ts";
import type { WorkerRow } from "./lease_store.ts";
import type { JobRow } from "./rows.ts";
import type { WAITING_REASONS } from "./schema.ts";

export interface Waiting {
  readonly reason: (typeof WAITING_REASONS)[number];
  readonly message: string;
}

export function explainWaiting(
  row: Pick<JobRow, "kind" | "not_before" | "memory_mb">,
  { now, ahead, workers }: { now: number; ahead: number; workers: readonly WorkerRow[] },
): Waiting {
  if (row.not_before > now) {
    return {
      reason: "retry",
      message: `Waits for its next try at ${toRfc3339(row.not_before)}`,
    };
  }
  const able = workers.filter(({ kinds }) => (JSON.parse(kinds) as string[]).includes(row.kind));
  if (able.length === 0) {
    return { reason: "no_worker", message: `Waits for a worker that runs "${row.kind}"` };
  }
  const memoryMb = Math.max(...able.map(({ memory_mb }) => memory_mb));
  if (row.memory_mb > memoryMb) {
    return {
      reason: "too_large",
      message: `Waits for a larger worker: ${row.memory_mb} MB are needed, ` +
        `WORKER_MEMORY_MB is ${memoryMb}`,
    };
  }
  const jobs = ahead === 1 ? "1 job is" : `${ahead} jobs are`;
  return {
    reason: "turn",
    message: ahead === 0
      ? "Waits for a free worker: it starts next"
      : `Waits for its turn: ${jobs} ahead`,
  };
}
