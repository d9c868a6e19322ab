/** Kills, stalls and freezes over running workers, by seed. */
import assert from "node:assert/strict";
import type { JobTables } from "../../api/jobs/rows.ts";
import { pause } from "../../api/platform/clock.ts";
import { tables } from "../../api/platform/database/open.ts";
import { createSeededRandom } from "../../api/platform/testing.ts";
import type { Platform } from "./fleet.ts";
import { FULL_WORKER, startWorkerProcess, type WorkerProcess } from "./processes.ts";

export interface StormPlan {
  readonly seed: number;
  /** `kill -9` of a process while it runs at least one job. */
  readonly kills: number;
  /** `SIGSTOP` for longer than a lease. */
  readonly stalls: number;
  /**
   * Jobs that lost so many processes are left alone: at three a job is rightly a dead letter, and a
   * busy machine may make a living process lose its lease.
   */
  readonly deathsSpared: number;
}

export interface StormFigures {
  /** Jobs that ran in each killed process, one entry a kill. */
  readonly hits: number[];
  /** Kills inside a transaction. */
  inTransaction: number;
  stalls: number;
  /** Writes of stalled processes that came after the lease and changed no row. */
  lateWrites: number;
}

/** Share of the jobs that have ended by the last kill. */
const LAST_KILL_AT = 0.8;
const DONE: readonly string[] = ["completed", "failed", "cancelled"];

interface Crew {
  readonly platform: Platform;
  readonly plan: StormPlan;
  readonly workers: WorkerProcess[];
  readonly environment: Record<string, string>;
  readonly figures: StormFigures;
  /** Told of a job that was killed inside its transaction. */
  readonly onTransaction: (jobId: string) => Promise<void>;
}

export interface StormOptions {
  readonly environment: Record<string, string>;
  readonly workers: number;
  readonly jobs: number;
  readonly ownerId: string;
  readonly onTransaction: (jobId: string) => Promise<void>;
  /** Called between blows. */
  readonly onPause?: () => void;
}

/** Runs workers and beats them until every job of the owner has ended. */
export async function storm(
  platform: Platform,
  plan: StormPlan,
  options: StormOptions,
): Promise<StormFigures> {
  const { environment, onTransaction } = options;
  const crew: Crew = {
    platform,
    plan,
    environment,
    onTransaction,
    figures: { hits: [], inTransaction: 0, stalls: 0, lateWrites: 0 },
    workers: Array.from(
      { length: options.workers },
      () => startWorkerProcess(environment, FULL_WORKER),
    ),
  };
  const random = createSeededRandom(plan.seed);
  const byte = () => random.bytes(1)[0] ?? 0;
  try {
    for (let open = options.jobs; open > 0;) {
      options.onPause?.();
      await pause(150 + byte() * 3);
      await killFrozen(crew);
      const victim = byte() % crew.workers.length;
      const ended = 1 - open / options.jobs;
      if (!isStallDue(crew) || !await stall(crew, victim)) {
        if (isKillDue(crew, ended) && !await kill(crew, victim)) {
          await kill(crew, (victim + 1) % crew.workers.length);
        }
      }
      open = await countOpen(crew.platform, options.ownerId);
    }
  } finally {
    for (const worker of crew.workers) await worker[Symbol.asyncDispose]();
  }
  return crew.figures;
}

function isStallDue({ plan, figures: { hits, stalls } }: Crew): boolean {
  return stalls < plan.stalls && hits.length > (stalls + 1) * plan.kills / (plan.stalls + 2);
}

/** Kills keep pace with the work, so that they hit other jobs each time, and are over before it. */
function isKillDue({ plan, figures: { hits } }: Crew, endedRatio: number): boolean {
  return hits.length < plan.kills && hits.length <= endedRatio / LAST_KILL_AT * plan.kills;
}

async function countOpen({ db }: Platform, ownerId: string): Promise<number> {
  const rows = await tables<JobTables>(db).selectFrom("jobs").select("id")
    .where("owner_id", "=", ownerId).where("status", "not in", DONE as never[]).execute();
  return rows.length;
}

/** The jobs that a worker process runs by the rows; null before it has started. */
async function runningIn({ platform }: Crew, worker: WorkerProcess) {
  const started = worker.lines.find(({ event }) => event === "worker started");
  if (started === undefined) return null;
  return await tables<JobTables>(platform.db).selectFrom("jobs").select(["id", "deaths"])
    .where("status", "=", "running").where("lease_owner", "=", String(started.worker_id))
    .execute();
}

/** Stops the process first, so that what it runs when it dies is known; false when it is spared. */
async function kill(crew: Crew, index: number): Promise<boolean> {
  const worker = crew.workers[index] ?? assert.fail();
  worker.signal("SIGSTOP");
  const running = await runningIn(crew, worker) ?? [];
  if (running.length === 0 || running.some(({ deaths }) => deaths >= crew.plan.deathsSpared)) {
    worker.signal("SIGCONT");
    return false;
  }
  await replace(crew, index);
  crew.figures.hits.push(running.length);
  return true;
}

async function replace(crew: Crew, index: number): Promise<void> {
  const worker = crew.workers[index] ?? assert.fail();
  worker.signal("SIGKILL");
  assert.equal(await worker.ended, null);
  await worker[Symbol.asyncDispose]();
  crew.workers[index] = startWorkerProcess(crew.environment, FULL_WORKER);
}

/** A process that stopped itself inside a transaction is killed there. */
async function killFrozen(crew: Crew): Promise<void> {
  for (const [index, worker] of crew.workers.entries()) {
    const line = worker.lines.find(({ event }) => event === "tally stops in its transaction");
    if (line === undefined) continue;
    const running = await runningIn(crew, worker) ?? [];
    await replace(crew, index);
    crew.figures.hits.push(running.length);
    crew.figures.inTransaction++;
    await crew.onTransaction(String(line.job_id));
  }
}

/** Stops the process after a save until others have its jobs; false when that did not come off. */
async function stall(crew: Crew, index: number): Promise<boolean> {
  const worker = crew.workers[index] ?? assert.fail();
  const seen = worker.lines.length;
  const saved = worker.waitFor("tally saved", (line) => worker.lines.indexOf(line) >= seen);
  const line = await Promise.race([saved, pause(2_000)]);
  if (line === undefined) return false;
  worker.signal("SIGSTOP");
  const running = await runningIn(crew, worker) ?? [];
  const isRunning = running.some(({ id }) => id === line.job_id);
  if (!isRunning || running.some(({ deaths }) => deaths >= crew.plan.deathsSpared)) {
    worker.signal("SIGCONT");
    return false;
  }
  const isAlone = async () => (await runningIn(crew, worker) ?? []).length === 0;
  if (!await untilSeen(crew, index, isAlone)) return false;
  worker.signal("SIGCONT");
  const late = worker.lines.length;
  const ends = () => worker.lines.slice(late).filter(({ job_id }) => job_id === line.job_id);
  const isLost = () =>
    ends().some(({ event }) => event === "tally saved too late") &&
    ends().some(({ event, outcome }) => event === "job run" && outcome === "lost");
  if (!await untilSeen(crew, index, isLost)) return false;
  crew.figures.stalls++;
  crew.figures.lateWrites++;
  return true;
}

/** False when the process stopped in a transaction of another job and was killed meanwhile. */
async function untilSeen(
  crew: Crew,
  index: number,
  holds: () => boolean | Promise<boolean>,
): Promise<boolean> {
  const worker = crew.workers[index];
  while (!await holds()) {
    await pause(100);
    await killFrozen(crew);
    if (crew.workers[index] !== worker) return false;
  }
  return true;
}
