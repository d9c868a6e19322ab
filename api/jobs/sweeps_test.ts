import assert from "node:assert/strict";
import { openBench } from "../../workers/testing.ts";
import { tables } from "../platform/database/open.ts";
import { listReadyKeys } from "./ready_keys.ts";
import type { JobTables } from "./rows.ts";
import { jobSweeps, restoreReadyKeys } from "./sweeps.ts";

const { signal } = new AbortController();

Deno.test("restoreReadyKeys() puts back exactly the keys that KV lost", async () => {
  await using bench = await openBench();
  const kept = await bench.enqueue("kept");
  const lost = await bench.enqueue("lost", { wake: false });
  assert.equal(await restoreReadyKeys(bench.test.platform), 1);
  assert.equal(await restoreReadyKeys(bench.test.platform), 0);
  const now = bench.test.clock.now();
  const ready = await listReadyKeys(bench.ctx.kv, { now, limit: 10 });
  assert.deepEqual(ready.map(({ id }) => id), [kept, lost]);
});

Deno.test("the sweep of finished jobs deletes those of 30 days ago and no others", async () => {
  await using bench = await openBench();
  const [old, young, waiting] = [
    await bench.enqueue("old"),
    await bench.enqueue("young"),
    await bench.enqueue("waiting"),
  ];
  const finish = (id: string, daysAgo: number) =>
    tables<JobTables>(bench.ctx.db).updateTable("jobs").set({
      status: "completed",
      finished_at: bench.test.clock.now() - daysAgo * 86_400_000,
    }).where("id", "=", id).execute();
  await finish(old, 31);
  await finish(young, 29);
  const sweep = jobSweeps(new Map()).find(({ kind }) => kind === "jobs.delete_finished");
  const dueAt = bench.test.clock.now();
  await sweep?.run(bench.test.platform, { name: sweep.kind, dueAt, signal });
  const rows = await tables<JobTables>(bench.ctx.db).selectFrom("jobs").select("id")
    .orderBy("row_id").execute();
  assert.deepEqual(rows.map(({ id }) => id), [young, waiting]);
});
