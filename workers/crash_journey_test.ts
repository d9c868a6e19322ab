import assert from "node:assert/strict";
import { endOfRun, enqueueTallies, layGround, readRow } from "./testing/ground.ts";
import { startWorkerProcess } from "./testing/processes.ts";
import { listTallies } from "./testing/tally.ts";

function layFile() {
  return Deno.makeTempDir({ prefix: "candlewick-crash-" }).then((dir) => layGround(dir));
}

Deno.test("a killed worker's job is finished by the next process, from its checkpoint", async () => {
  await using ground = await layFile();
  const [id = ""] = await enqueueTallies(ground, { jobs: 1, steps: 20, stepMs: 100 });
  {
    await using first = startWorkerProcess(ground.environment);
    await first.waitFor("tally saved", ({ at }) => at === 3);
    first.signal("SIGKILL");
    assert.equal(await first.ended, null);
  }
  {
    await using second = startWorkerProcess(ground.environment);
    await endOfRun(second, "completed");
    second.signal("SIGTERM");
    assert.equal(await second.ended, 0);
  }
  const row = await readRow(ground, id);
  assert.equal(row.status, "completed");
  assert.equal(row.attempts, 2);
  assert.equal(row.deaths, 1);
  const [effect, ...more] = await ground.open(({ db }) => listTallies(db));
  assert.deepEqual(more, []);
  assert.ok((effect?.resumed_at ?? 0) >= 3);
});

Deno.test("SIGTERM lets a worker save and yield, and no death is counted", async () => {
  await using ground = await layFile();
  const [id = ""] = await enqueueTallies(ground, { jobs: 1, steps: 200, stepMs: 50 });
  await using worker = startWorkerProcess(ground.environment);
  await worker.waitFor("tally saved");
  worker.signal("SIGTERM");
  assert.equal(await worker.ended, 0);
  const row = await readRow(ground, id);
  assert.equal(row.status, "pending");
  assert.equal(row.deaths, 0);
  assert.equal(row.lease_owner, null);
  assert.deepEqual(await ground.open(({ db }) => listTallies(db)), []);
});
