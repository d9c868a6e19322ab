/**
 * What runs at set times, once per due time over any number of processes. A process that dies in
 * the middle leaves the due time to the next one, so a runner must bear being repeated.
 */
import { pause } from "../platform/clock.ts";
import type { Platform } from "../platform/context.ts";
import { claimDueSchedule, extendScheduleLease, finishSchedule } from "./schedule_store.ts";
import { findNextDue, type ScheduleRow, upsertSchedule } from "./schedule_store.ts";

export { deleteSchedule } from "./schedule_store.ts";

export interface ScheduledRun {
  /** The schedule's name: its kind, or `kind:subject`. */
  readonly name: string;
  /** Epoch milliseconds the run was due at, however late it is. */
  readonly dueAt: number;
  /** Aborts when the process stops or the lease is lost. */
  readonly signal: AbortSignal;
}

export interface ScheduleRunner {
  readonly kind: string;
  /** Runs of one schedule are this far apart; null: rows of this kind are added by others. */
  readonly everyMs: number | null;
  run(platform: Platform, due: ScheduledRun): Promise<void>;
}

/** Adds a schedule of a kind, due for the first time in `everyMs`; repeats harmlessly. */
export async function ensureSchedule(
  platform: Pick<Platform, "clock" | "db">,
  { name, kind, everyMs }: { name: string; kind: string; everyMs: number },
  tx = platform.db,
): Promise<void> {
  await upsertSchedule(tx, { name, kind, everyMs, firstAt: platform.clock.now() + everyMs });
}

/** Runs the schedule that is due longest, if one is; answers whether there was one. */
export async function runDueSchedule(
  platform: Platform,
  runners: ReadonlyMap<string, ScheduleRunner>,
  { workerId, signal }: { workerId: string; signal: AbortSignal },
): Promise<boolean> {
  const leaseMs = platform.settings.JOB_LEASE_MS;
  const row = await claimDueSchedule(platform.db, {
    kinds: [...runners.keys()],
    workerId,
    now: platform.clock.now(),
    leaseMs,
  });
  const runner = row === undefined ? undefined : runners.get(row.kind);
  if (row === undefined || runner === undefined) return false;
  const done = new AbortController();
  const lost = new AbortController();
  const holding = holdLease(platform, row, { leaseMs, done: done.signal, lost });
  const error = await runOnce(platform, runner, {
    name: row.name,
    dueAt: row.next_at,
    signal: AbortSignal.any([signal, lost.signal]),
  });
  done.abort();
  await holding;
  const now = platform.clock.now();
  await finishSchedule(platform.db, row, {
    nextAt: nextTime(row, now),
    ranAt: now,
    errorMessage: error === null ? null : error.message.slice(0, 500),
  });
  return true;
}

async function runOnce(
  platform: Platform,
  runner: ScheduleRunner,
  due: ScheduledRun,
): Promise<Error | null> {
  const start = platform.clock.monotonic();
  const ids = { schedule: due.name, due_at: due.dueAt };
  try {
    await runner.run(platform, due);
    const duration = Math.round(platform.clock.monotonic() - start);
    platform.log.debug("schedule ran", { ...ids, duration_ms: duration });
    return null;
  } catch (err) {
    platform.log.error("schedule failed", { ...ids, error: err });
    return err instanceof Error ? err : new Error(String(err));
  }
}

async function holdLease(
  platform: Platform,
  row: ScheduleRow,
  { leaseMs, done, lost }: { leaseMs: number; done: AbortSignal; lost: AbortController },
): Promise<void> {
  for (;;) {
    await pause(leaseMs / 3, done);
    if (done.aborted) return;
    try {
      const held = await extendScheduleLease(platform.db, row, platform.clock.now() + leaseMs);
      if (!held) return lost.abort(new Error(`schedule "${row.name}" is another worker's`));
    } catch (err) {
      platform.log.warning("schedule's lease was not extended", { schedule: row.name, error: err });
    }
  }
}

/** Due times missed while nobody ran are one run, and the rhythm stays. */
function nextTime(row: Pick<ScheduleRow, "next_at" | "every_ms">, now: number): number {
  const behind = Math.max(0, now - row.next_at);
  return row.next_at + (Math.floor(behind / row.every_ms) + 1) * row.every_ms;
}

/** Milliseconds until a schedule of these kinds is due; null when there is none. */
export async function timeToNextDue(
  platform: Pick<Platform, "db" | "clock">,
  kinds: readonly string[],
): Promise<number | null> {
  const at = await findNextDue(platform.db, kinds);
  return at === null ? null : Math.max(0, at - platform.clock.now());
}
