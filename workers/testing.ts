/** A queue with workers on a real file and KV, and jobs whose every step a test decides. */
import { z } from "zod";
import { defineJobKind, enqueueJob, type JobKind, waitForJob, wakeJob } from "../api/jobs/queue.ts";
import type { JobRow, JobTables } from "../api/jobs/rows.ts";
import { createCtx, type Ctx, SYSTEM_USER_ID } from "../api/platform/context.ts";
import { type Db, inTransaction, tables } from "../api/platform/database/open.ts";
import { createTestApp, type TestApp } from "../api/testing.ts";
import { defineJob, type JobRun } from "./handler.ts";
import { startWorkers } from "./loop.ts";

export const stepKind = defineJobKind({
  name: "step",
  label: "Step",
  payload: z.object({ name: z.string(), seconds: z.number().optional() }),
  scope: "read",
  retriesMax: 2,
  estimate: ({ seconds }) => ({ cpuCores: 1, memoryMb: 16, seconds }),
});

export interface Bench extends AsyncDisposable {
  readonly test: TestApp;
  readonly ctx: Ctx;
  enqueue(name: string, options?: BenchJob): Promise<string>;
  /** Many jobs in one transaction, without keys. */
  enqueueAll(names: readonly string[], options?: BenchJob): Promise<string[]>;
  row(id: string): Promise<JobRow>;
  /** `job.created`, … of one job in order. */
  changes(id: string): Promise<string[]>;
}

export interface BenchJob {
  readonly kind?: JobKind<{ name: string; seconds?: number }>;
  readonly ownerId?: string;
  readonly priority?: "high" | "normal" | "low";
  readonly seconds?: number;
  /** False: no key is put, as if KV had lost it. */
  readonly wake?: boolean;
}

export async function openBench(settings: Record<string, string> = {}): Promise<Bench> {
  const test = await createTestApp(settings);
  const ctx = createCtx(test.platform, { actor: null, signal: new AbortController().signal });
  return {
    test,
    ctx,
    async enqueue(name, options = {}) {
      const id = await inTransaction(ctx.db, (tx) => add(ctx, tx, name, options));
      if (options.wake ?? true) await wakeJob(ctx, id);
      return id;
    },
    enqueueAll: (names, options = {}) =>
      inTransaction(ctx.db, async (tx) => {
        const ids: string[] = [];
        for (const name of names) ids.push(await add(ctx, tx, name, options));
        return ids;
      }),
    row: (id) =>
      tables<JobTables>(ctx.db).selectFrom("jobs").selectAll().where("id", "=", id)
        .executeTakeFirstOrThrow(),
    changes: async (id) => {
      const rows = await tables<{ events: { seq: number; type: string; resource_id: string } }>(
        ctx.db,
      ).selectFrom("events").select("type").where("resource_id", "=", id).orderBy("seq").execute();
      return rows.map(({ type }) => type);
    },
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  };
}

function add(ctx: Ctx, tx: Db, name: string, options: BenchJob): Promise<string> {
  const { kind = stepKind, ownerId = SYSTEM_USER_ID, seconds, priority } = options;
  return enqueueJob(ctx, tx, { kind, payload: { name, seconds }, ownerId, priority });
}

export type Step = JobRun<{ name: string; seconds?: number }>;

/** Lets workers run `run` as the step kind while `work` lasts. */
export async function withWorkers(
  { bench, run, cpuCores = 2 }: { bench: Bench; run: Step; cpuCores?: number },
  work: () => Promise<void>,
): Promise<void> {
  const workers = await startWorkers(bench.test.platform, [defineJob(stepKind, run)], {
    budget: { cpuCores, memoryMb: 1_024 },
    pollMs: 50,
  });
  try {
    await work();
  } finally {
    await workers.stop();
  }
}

export async function statusOf(bench: Bench, id: string): Promise<string | undefined> {
  return (await waitForJob(bench.ctx, id, 10_000))?.status;
}

/** A promise that a test settles by hand. */
export function gate<T = void>() {
  return Promise.withResolvers<T>();
}
