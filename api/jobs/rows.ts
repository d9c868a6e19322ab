/** The rows of this capability's tables. */
import type { Generated } from "kysely";
import type { OwnedColumns } from "../platform/database/rows.ts";

export const JOB_STATUSES = ["pending", "running", "completed", "failed", "cancelled"] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

export const JOB_PRIORITIES = ["high", "normal", "low"] as const;
export type JobPriority = (typeof JOB_PRIORITIES)[number];

/** The number a row and a key hold: the smaller runs first. */
export function priorityLevel(priority: JobPriority): number {
  return JOB_PRIORITIES.indexOf(priority);
}

export function priorityOfLevel(level: number): JobPriority {
  return JOB_PRIORITIES[level] ?? "normal";
}

export interface JobRow extends OwnedColumns {
  kind: string;
  payload: string;
  status: JobStatus;
  priority: number;
  turn: number;
  /** Epoch milliseconds; 0: at once. */
  not_before: number;
  cpu_cores: number;
  memory_mb: number;
  estimate_ms: number | null;
  /** Claims so far. */
  attempts: number;
  /** Runs that failed and may be retried. */
  failures: number;
  /** Runs whose process died. */
  deaths: number;
  /** Slices in a row that saved nothing. */
  barren_slices: number;
  retries_max: number;
  fence: number;
  lease_owner: string | null;
  lease_until: number | null;
  cancel_requested: 0 | 1;
  progress: string | null;
  result: string | null;
  error_code: string | null;
  error_message: string | null;
  resource_kind: string | null;
  resource_id: string | null;
  /** The request that asked for it, so that logs and traces join. */
  request_id: string;
  /** The W3C `traceparent` of what asked for it; null when that was not traced. */
  trace_parent: string | null;
  ready_at: number;
  started_at: number | null;
  finished_at: number | null;
  ran_ms: number;
}

export interface JobTables {
  jobs: JobRow & { row_id: Generated<number> };
  job_turns: { priority: number; turn: number };
  job_checkpoints: { job_id: string; bytes: Uint8Array<ArrayBuffer>; saved_at: number };
  job_workers: {
    id: string;
    cpu_cores: number;
    memory_mb: number;
    running: number;
    kinds: string;
    started_at: number;
    seen_at: number;
  };
  schedules: {
    name: string;
    kind: string;
    every_ms: number;
    next_at: number;
    lease_owner: string | null;
    lease_until: number;
    fence: number;
    ran_at: number | null;
    error_message: string | null;
  };
}
