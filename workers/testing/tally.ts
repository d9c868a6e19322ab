/** A job of small steps that saves after each, and whose effect is one row: never none, never two. */
import { readdirSync } from "node:fs";
import { z } from "zod";
import { defineJobKind } from "../../api/jobs/queue.ts";
import type { JobTables } from "../../api/jobs/rows.ts";
import { DEATHS_MAX } from "../../api/jobs/retry.ts";
import { LeaseLost } from "../../api/jobs/service.ts";
import { pause } from "../../api/platform/clock.ts";
import { type Db, tables } from "../../api/platform/database/open.ts";
import { sql } from "kysely";
import { defineJob } from "../handler.ts";

export const tallyKind = defineJobKind({
  name: "tally",
  label: "Tally",
  payload: z.object({
    steps: z.number(),
    stepMs: z.number(),
    /**
     * The process stops inside the transaction that ends the job, unless the folder has a file of
     * the job's name or as many files as that, or another job of the process has lost two already.
     */
    freeze: z.object({ folder: z.string(), most: z.number() }).optional(),
  }),
  scope: "read",
  estimate: ({ steps, stepMs }) => ({
    cpuCores: 1,
    memoryMb: 8,
    seconds: steps * stepMs / 1000,
  }),
});

interface TallyTables {
  tally: { job_id: string; pid: number; resumed_at: number };
}

export async function createTallyTable(db: Db): Promise<void> {
  await sql`create table tally (job_id text not null, pid integer not null,
    resumed_at integer not null) strict`.execute(db);
}

export async function listTallies(db: Db): Promise<TallyTables["tally"][]> {
  return await tables<TallyTables>(db).selectFrom("tally").selectAll().execute();
}

export const tally = defineJob(
  tallyKind,
  async (ctx, { steps, stepMs, freeze }, checkpoint, tools) => {
    const { signal, save, report, jobId } = tools;
    const resumedAt = checkpoint?.[0] ?? 0;
    for (let at = resumedAt; at < steps; at++) {
      if (signal.aborted) return { kind: "yielded" };
      await pause(stepMs);
      try {
        await save(Uint8Array.of(at + 1));
      } catch (err) {
        if (err instanceof LeaseLost) ctx.log.info("tally saved too late", { job_id: jobId });
        throw err;
      }
      report({ ratio: (at + 1) / steps });
      ctx.log.info("tally saved", { job_id: jobId, at: at + 1 });
    }
    const worker = await findWorker(ctx.db, jobId);
    return {
      kind: "done",
      result: { resumed_at: resumedAt },
      effects: async (tx) => {
        await tables<TallyTables>(tx).insertInto("tally")
          .values({ job_id: jobId, pid: Deno.pid, resumed_at: resumedAt }).execute();
        if (freeze === undefined || isFrozenBefore(freeze, jobId)) return;
        if (await hasDyingJob(tx, worker)) return;
        ctx.log.info("tally stops in its transaction", { job_id: jobId });
        Deno.kill(Deno.pid, "SIGSTOP");
      },
    };
  },
);

function isFrozenBefore(
  { folder, most }: { folder: string; most: number },
  jobId: string,
): boolean {
  const marks = readdirSync(folder);
  return marks.length >= most || marks.includes(jobId);
}

async function findWorker(db: Db, jobId: string): Promise<string | null> {
  const row = await tables<JobTables>(db).selectFrom("jobs").select("lease_owner")
    .where("id", "=", jobId).executeTakeFirst();
  return row?.lease_owner ?? null;
}

/** One more loss would make a dead letter of it, and rightly. */
async function hasDyingJob(tx: Db, worker: string | null): Promise<boolean> {
  const row = await tables<JobTables>(tx).selectFrom("jobs").select("id")
    .where("status", "=", "running").where("lease_owner", "=", worker)
    .where("deaths", ">=", DEATHS_MAX - 1).executeTakeFirst();
  return row !== undefined;
}
