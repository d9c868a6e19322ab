/** Runs what is due at set times, one at a time, for as long as the worker lives. */
import { runDueSchedule, type ScheduleRunner, timeToNextDue } from "../api/jobs/service.ts";
import { pause } from "../api/platform/clock.ts";
import type { Platform } from "../api/platform/context.ts";

const LOOK_MS_LEAST = 250;
/** Another process may add a schedule, so a look is never further away than this. */
const LOOK_MS_MOST = 5_000;
const FAILURE_PAUSE_MS = 2_000;

export async function runSchedules(
  platform: Platform,
  runners: readonly ScheduleRunner[],
  { workerId, signal, onCaughtUp }: {
    workerId: string;
    signal: AbortSignal;
    /** Called after each round: nothing is due any more. */
    onCaughtUp: () => void;
  },
): Promise<void> {
  const byKind = new Map(runners.map((runner) => [runner.kind, runner]));
  while (!signal.aborted) {
    try {
      while (!signal.aborted && await runDueSchedule(platform, byKind, { workerId, signal }));
      onCaughtUp();
      const ms = await timeToNextDue(platform, [...byKind.keys()]) ?? LOOK_MS_MOST;
      await pause(Math.min(Math.max(ms, LOOK_MS_LEAST), LOOK_MS_MOST), signal);
    } catch (err) {
      platform.log.error("schedules cannot run", { error: err });
      await pause(FAILURE_PAUSE_MS, signal);
    }
  }
}
