/**
 * The KV side of the queue: keys that order and wake. Every one of them may be lost; the row in
 * libSQL is the truth and a sweep puts them back.
 */
import { withDeadline } from "../platform/clock.ts";
import type { Platform } from "../platform/context.ts";
import type { JobRow } from "./rows.ts";

/** `ready / priority / not before / turn / owner / id`; "not before" is 0 for "now". */
export type ReadyKey = readonly ["ready", number, number, number, string, string];

/** What a worker needs to know before it tries the claim. */
export interface ReadyJob {
  readonly key: ReadyKey;
  readonly id: string;
  readonly kind: string;
  readonly priority: number;
  readonly turn: number;
  readonly cpuCores: number;
  readonly memoryMb: number;
  readonly estimateMs: number | null;
  /** Since when it could run. */
  readonly readyAt: number;
}

export type ReadyRow = Pick<
  JobRow,
  | "id"
  | "owner_id"
  | "kind"
  | "priority"
  | "turn"
  | "not_before"
  | "cpu_cores"
  | "memory_mb"
  | "estimate_ms"
  | "ready_at"
>;

/** A KV server that is away makes its client wait and try on; the queue does without it then. */
export const KV_DEADLINE_MS = 2_000;

const PRIORITIES = [0, 1, 2] as const;
const WAKE_KEY: Deno.KvKey = ["jobs", "wake"];
const CANCEL_KEY: Deno.KvKey = ["jobs", "cancel"];
/** Far below KV's bound of 1,000 mutations an atomic. */
const KEYS_PER_COMMIT = 200;
/** How many keys of jobs it cannot run a worker looks past, per priority. */
const KEYS_SCANNED_MAX = 2_000;

export function readyKeyOf(row: ReadyRow): ReadyKey {
  return ["ready", row.priority, row.not_before, row.turn, row.owner_id, row.id];
}

export function readyJobOf(row: ReadyRow): ReadyJob {
  return {
    key: readyKeyOf(row),
    id: row.id,
    kind: row.kind,
    priority: row.priority,
    turn: row.turn,
    cpuCores: row.cpu_cores,
    memoryMb: row.memory_mb,
    estimateMs: row.estimate_ms,
    readyAt: row.ready_at,
  };
}

/** Puts the keys of waiting rows and wakes whoever waits for one. */
export async function putReadyKeys(kv: Deno.Kv, rows: readonly ReadyRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += KEYS_PER_COMMIT) {
    let atomic = kv.atomic().set(WAKE_KEY, 1);
    for (const row of rows.slice(start, start + KEYS_PER_COMMIT)) {
      atomic = atomic.set(readyKeyOf(row), readyJobOf(row));
    }
    await withDeadline(atomic.commit(), KV_DEADLINE_MS);
  }
}

export interface ReadyQuery {
  /** Epoch milliseconds: jobs of later are not due. */
  readonly now: number;
  readonly limit: number;
  /** Only jobs this holds for; others do not count towards the limit. */
  readonly admits?: (job: ReadyJob) => boolean;
}

/** Lists due jobs as workers should take them: by priority, then by turn, then by age. */
export async function listReadyKeys(kv: Deno.Kv, query: ReadyQuery): Promise<ReadyJob[]> {
  const found: ReadyJob[] = [];
  for (const priority of PRIORITIES) {
    const left = query.limit - found.length;
    if (left <= 0) break;
    const ranges = Promise.all([
      listRange(kv, [priority, 0, 1], { ...query, limit: left }),
      listRange(kv, [priority, 1, query.now + 1], { ...query, limit: left }),
    ]);
    const [immediate, delayed] = await withDeadline(ranges, KV_DEADLINE_MS);
    found.push(...[...immediate, ...delayed].sort(compareTurns).slice(0, left));
  }
  return found;
}

async function listRange(
  kv: Deno.Kv,
  [priority, from, before]: readonly [number, number, number],
  { limit, admits }: ReadyQuery,
): Promise<ReadyJob[]> {
  const jobs: ReadyJob[] = [];
  const entries = kv.list<ReadyJob>(
    { start: ["ready", priority, from], end: ["ready", priority, before] },
    { limit: admits === undefined ? limit : KEYS_SCANNED_MAX, batchSize: Math.min(limit, 500) },
  );
  for await (const { value } of entries) {
    if (admits === undefined || admits(value)) jobs.push(value);
    if (jobs.length === limit) break;
  }
  return jobs;
}

/** Ids break ties among equal turns; they are UUIDv7, so the older job is first. */
export function compareTurns(a: ReadyJob, b: ReadyJob): number {
  return a.priority - b.priority || a.turn - b.turn || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Which of the rows have a key. */
export async function findMissingKeys(
  kv: Deno.Kv,
  rows: readonly ReadyRow[],
): Promise<ReadyRow[]> {
  const missing: ReadyRow[] = [];
  for (let start = 0; start < rows.length; start += 10) {
    const chunk = rows.slice(start, start + 10);
    const entries = await withDeadline(kv.getMany(chunk.map(readyKeyOf)), KV_DEADLINE_MS);
    chunk.forEach((row, index) => {
      if (entries[index]?.versionstamp === null) missing.push(row);
    });
  }
  return missing;
}

/** Tells the workers of every process that a running job was cancelled. */
export async function announceCancel(platform: Pick<Platform, "kv" | "log">): Promise<void> {
  try {
    await withDeadline(platform.kv.set(CANCEL_KEY, 1), KV_DEADLINE_MS);
  } catch (err) {
    platform.log.warning("a cancellation was not announced", { error: err });
  }
}

/**
 * Yields whenever jobs were added or cancelled, until the signal aborts. Between processes on one
 * local file KV shows nothing, so a poll stands beside it.
 *
 * @throws Error when KV goes away.
 */
export async function* watchQueue(
  kv: Deno.Kv,
  signal: AbortSignal,
): AsyncGenerator<"added" | "cancelled"> {
  const reader = kv.watch([WAKE_KEY, CANCEL_KEY]).getReader();
  const cancel = () => void reader.cancel().catch(() => {});
  signal.addEventListener("abort", cancel, { once: true });
  try {
    let cancelled: string | null = null;
    for (;;) {
      const { done, value } = await reader.read();
      if (done || signal.aborted) return;
      const stamp = value[1].versionstamp;
      yield stamp === cancelled ? "added" : "cancelled";
      cancelled = stamp;
    }
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}
