import assert from "node:assert/strict";
import { waitForJob } from "../../api/jobs/queue.ts";
import { startWorkers } from "../loop.ts";
import { openBench } from "../testing.ts";
import { purgeJobs } from "./purge_jobs.ts";

Deno.test("purge_jobs deletes the owner's finished jobs and no one else's", async () => {
  await using bench = await openBench();
  const [ann, bob] = [await bench.test.signUp("ann"), await bench.test.signUp("bob")];
  const submit = async (user: typeof ann) => {
    const json = { name: "purge_jobs", args: { older_than_days: 0.01 } };
    return (await (await user.as("/api/v1/jobs", { json })).json()).job_id as string;
  };
  const workers = await startWorkers(bench.test.platform, [purgeJobs], { pollMs: 50 });
  try {
    const old = [await submit(ann), await submit(bob)];
    for (const id of old) await waitForJob(bench.ctx, id, 10_000);
    bench.test.clock.advance(900_000);
    const purge = await submit(ann);
    assert.deepEqual((await waitForJob(bench.ctx, purge, 10_000))?.result, { deleted: 1 });
    assert.equal(await waitForJob(bench.ctx, old[0] ?? "", 0), null);
    assert.equal((await waitForJob(bench.ctx, old[1] ?? "", 0))?.status, "completed");
  } finally {
    await workers.stop();
  }
});
