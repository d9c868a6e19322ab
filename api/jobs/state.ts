/** What others may know of a job. */
import type { Platform } from "../platform/context.ts";
import { type JobProgress, readProgress } from "./progress.ts";
import type { JobRow, JobStatus } from "./rows.ts";
import { findJobs } from "./store.ts";

export interface JobState {
  readonly id: string;
  readonly kind: string;
  readonly ownerId: string;
  readonly status: JobStatus;
  readonly cancelRequested: boolean;
  readonly progress: JobProgress | null;
  readonly result: unknown;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly attempts: number;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
}

/** The states of the jobs that exist; the caller answers for who may see them. */
export async function findJobStates(
  ctx: Pick<Platform, "db" | "kv" | "log">,
  jobIds: readonly string[],
): Promise<Map<string, JobState>> {
  const rows = await findJobs(ctx.db, jobIds);
  const progress = await readProgressOfRunning(ctx, rows);
  return new Map(rows.map((row) => [row.id, jobStateOf(row, progress.get(row.id))]));
}

export async function readProgressOfRunning(
  ctx: Pick<Platform, "kv" | "log">,
  rows: readonly JobRow[],
): Promise<Map<string, JobProgress>> {
  const running = rows.filter(({ status }) => status === "running").map(({ id }) => id);
  return await readProgress(ctx, running);
}

export function jobStateOf(row: JobRow, latest: JobProgress | undefined): JobState {
  return {
    id: row.id,
    kind: row.kind,
    ownerId: row.owner_id,
    status: row.status,
    cancelRequested: row.cancel_requested === 1,
    progress: progressOf(row, latest),
    result: row.result === null ? null : JSON.parse(row.result),
    error: row.error_code === null
      ? null
      : { code: row.error_code, message: row.error_message ?? "Internal error" },
    attempts: row.attempts,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}

function progressOf(row: JobRow, latest: JobProgress | undefined): JobProgress | null {
  if (row.status === "completed") return { ratio: 1 };
  return latest ?? (row.progress === null ? null : JSON.parse(row.progress));
}

export function isFinished(status: JobStatus): boolean {
  return status !== "pending" && status !== "running";
}
