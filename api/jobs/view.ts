/** Job rows as answers. Pure. */
import { toRfc3339 } from "../platform/clock.ts";
import type { JobKinds } from "./kind.ts";
import type { JobProgress } from "./progress.ts";
import { type JobRow, priorityOfLevel } from "./rows.ts";
import type { Job, JobSummary } from "./schema.ts";
import { jobStateOf } from "./state.ts";
import type { Waiting } from "./waiting.ts";

/** A worker not seen for this long counts as gone. */
export const WORKER_SEEN_MS = 15_000;

export function toSummary(
  row: JobRow,
  kinds: JobKinds,
  latest: JobProgress | undefined,
): JobSummary {
  const state = jobStateOf(row, latest);
  const hasResult = row.resource_kind !== null && row.status === "completed";
  return {
    id: row.id,
    name: row.kind,
    label: kinds.get(row.kind)?.label ?? row.kind,
    status: row.status,
    priority: priorityOfLevel(row.priority),
    cancel_requested: state.cancelRequested,
    progress: state.progress === null ? null : { ...state.progress },
    attempts: row.attempts,
    max_retries: row.retries_max,
    error: state.error,
    resource_kind: row.resource_kind,
    resource_id: row.resource_id,
    result_url: hasResult ? `/api/v1/${row.resource_kind}s/${row.resource_id}` : null,
    created_at: toRfc3339(row.created_at),
    started_at: row.started_at === null ? null : toRfc3339(row.started_at),
    finished_at: row.finished_at === null ? null : toRfc3339(row.finished_at),
    run_seconds: row.ran_ms / 1000,
  };
}

export function toJob(
  row: JobRow,
  kinds: JobKinds,
  { progress, place }: {
    progress: JobProgress | undefined;
    place: { ahead: number; waiting: Waiting } | null;
  },
): Job {
  return {
    ...toSummary(row, kinds, progress),
    args: JSON.parse(row.payload),
    result: row.result === null ? null : JSON.parse(row.result),
    queue_position: place === null || place.waiting.reason === "retry" ? null : place.ahead + 1,
    waiting: place?.waiting ?? null,
  };
}
