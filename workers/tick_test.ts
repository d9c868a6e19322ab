import assert from "node:assert/strict";
import { runTick } from "./tick.ts";
import { importMarket, submitBacktest } from "./testing/backtests.ts";
import { openBench, stepKind } from "./testing.ts";
import { ensureSchedule } from "../api/jobs/service.ts";
import { createTestApp } from "../api/testing.ts";
import { defineJob } from "./handler.ts";
import { startWorkers } from "./loop.ts";

const BUDGET_MS = 30_000;

Deno.test("runTick() runs a waiting backtest to its end, slice by slice, and leaves no worker behind", async () => {
  await using test = await createTestApp({ JOB_SLICE_MS: "1", WORKER_CPU_CORES: "1" });
  await importMarket(test.platform);
  const ann = await test.signUp("ann");
  const { id, job_id } = await submitBacktest(ann, "2024-02-15");
  const { signal } = new AbortController();
  await runTick(test.platform, { budgetMs: BUDGET_MS, signal, plainWorkers: true });
  const backtest = await (await ann.as(`/api/v1/backtests/${id}`)).json();
  assert.equal(backtest.status, "completed", JSON.stringify(backtest));
  const job = await (await ann.as(`/api/v1/jobs/${job_id}`)).json();
  assert.ok(job.attempts > 1, `${job.attempts} slices`);
  const health = await (await ann.as("/api/v1/jobs/health")).json();
  assert.equal(health.workers.total, 0);
});

Deno.test("runTick() does nothing once the process has to end", async () => {
  await using test = await createTestApp();
  await importMarket(test.platform);
  const ann = await test.signUp("ann");
  const { job_id } = await submitBacktest(ann);
  await runTick(test.platform, { budgetMs: BUDGET_MS, signal: AbortSignal.abort() });
  const job = await (await ann.as(`/api/v1/jobs/${job_id}`)).json();
  assert.equal(job.status, "pending");
});

Deno.test("startWorkers() is idle only when what schedules put back has run too", async () => {
  await using bench = await openBench();
  let id = "";
  const put = {
    kind: "test.put",
    everyMs: 1,
    run: async () => {
      if (id === "") id = await bench.enqueue("late");
    },
  };
  const run = defineJob(stepKind, () => Promise.resolve({ kind: "done" }));
  await ensureSchedule(bench.test.platform, { ...put, name: put.kind });
  bench.test.clock.advance(10);
  const workers = await startWorkers(bench.test.platform, [run], {
    schedules: [put],
    pollMs: 60_000,
  });
  await workers.idle;
  assert.equal((await bench.row(id)).status, "completed");
  await workers.stop();
});
