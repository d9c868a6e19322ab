/** A job of small steps that saves after each, and whose effect is one row: never none, never two. */
import { existsSync } from "node:fs";
import { z } from "zod";
import { defineJobKind } from "../../api/jobs/queue.ts";
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
    /** The process stops inside the transaction that ends the job, unless this file exists. */
    freezeUnless: z.string().optional(),
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
  async (ctx, { steps, stepMs, freezeUnless }, checkpoint, tools) => {
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
    return {
      kind: "done",
      result: { resumed_at: resumedAt },
      effects: async (tx) => {
        await tables<TallyTables>(tx).insertInto("tally")
          .values({ job_id: jobId, pid: Deno.pid, resumed_at: resumedAt }).execute();
        if (freezeUnless === undefined || existsSync(freezeUnless)) return;
        ctx.log.info("tally stops in its transaction", { job_id: jobId });
        Deno.kill(Deno.pid, "SIGSTOP");
      },
    };
  },
);
