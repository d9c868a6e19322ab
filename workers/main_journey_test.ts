import assert from "node:assert/strict";
import { join } from "node:path";
import { startHranaServer } from "../api/platform/testing/hrana_server.ts";
import { createTestApp } from "../api/testing.ts";
import { importMarket, submitBacktest } from "./testing/backtests.ts";
import { REAL_WORKER, startWorkerProcess } from "./testing/processes.ts";

Deno.test("a worker process runs the backtests that an API process over the same server takes", async () => {
  const folder = await Deno.makeTempDir({ prefix: "candlewick-fleet-" });
  await using _ = { [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }) };
  await using server = startHranaServer({ path: join(folder, "shared.db") });
  await using api = await createTestApp({ DATABASE_URL: server.url, RUN_JOBS: "no" });
  await importMarket(api.platform);
  const ann = await api.signUp("ann");
  const { id, job_id } = await submitBacktest(ann);
  const waiting = await (await ann.as(`/api/v1/jobs/${job_id}`)).json();
  assert.equal(waiting.waiting.reason, "no_worker");
  await using worker = startWorkerProcess(
    { DATA_DIR: api.dataDir, DATABASE_URL: server.url },
    REAL_WORKER,
  );
  const line = await worker.waitFor("job run");
  assert.equal(line.outcome, "completed");
  assert.equal(line.job_id, job_id);
  assert.equal(line.owner_id, ann.userId);
  const backtest = await (await ann.as(`/api/v1/backtests/${id}`)).json();
  assert.equal(backtest.status, "completed");
  worker.signal("SIGTERM");
  assert.equal(await worker.ended, 0);
});

Deno.test("a worker process refuses a database file that a server has open, and says what to do", async () => {
  await using api = await createTestApp();
  const worker = startWorkerProcess({ DATA_DIR: api.dataDir }, REAL_WORKER);
  await using _ = worker;
  assert.equal(await worker.ended, 1);
});
