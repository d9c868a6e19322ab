import assert from "node:assert/strict";
import { findJobStates, isFinished } from "../api/jobs/queue.ts";
import type { JobTables } from "../api/jobs/rows.ts";
import { pause } from "../api/platform/clock.ts";
import { tables } from "../api/platform/database/open.ts";
import { createSeededRandom } from "../api/platform/testing.ts";
import { startHranaServer } from "../api/platform/testing/hrana_server.ts";
import {
  copyForServer,
  endOfRun,
  enqueueTallies,
  type Ground,
  layGround,
  openGround,
  readRow,
} from "./testing/ground.ts";
import { startWorkerProcess } from "./testing/processes.ts";
import { listTallies } from "./testing/tally.ts";

interface Fleet extends Ground {
  readonly ids: readonly string[];
  /** Takes the database server away for a while. */
  interrupt(ms: number): Promise<void>;
}

/**
 * A libSQL server and a shared KV file, as several worker processes have them. The jobs are put
 * into a file before, which is faster, and the server has a copy of it.
 */
async function layServer(jobs: Parameters<typeof enqueueTallies>[1]): Promise<Fleet> {
  const dataDir = await Deno.makeTempDir({ prefix: "candlewick-fleet-" });
  const ids = await enqueueTallies(await layGround(dataDir), jobs);
  const path = await copyForServer(dataDir);
  let server = startHranaServer({ path, idleMs: 1_000 });
  const port = Number(new URL(server.url).port);
  const ground = openGround(dataDir, server.url);
  return {
    ids,
    async interrupt(ms) {
      await server[Symbol.asyncDispose]();
      await pause(ms);
      server = startHranaServer({ path, port, idleMs: 1_000 });
    },
    ...ground,
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      await ground[Symbol.asyncDispose]();
    },
  };
}

function readTallies(ground: Ground) {
  return ground.open(({ db }) => listTallies(db));
}

Deno.test("a worker that stalls beyond its lease changes nothing when it wakes", async () => {
  await using ground = await layServer({ jobs: 1, steps: 12, stepMs: 250 });
  const [id = ""] = ground.ids;
  await using first = startWorkerProcess(ground.environment);
  await first.waitFor("tally saved", ({ at }) => at === 2);
  first.signal("SIGSTOP");
  await using second = startWorkerProcess(ground.environment);
  await endOfRun(second, "completed");
  first.signal("SIGCONT");
  await endOfRun(first, "lost");
  const row = await readRow(ground, id);
  assert.equal(row.status, "completed");
  // More when the machine is so slow that the second one's lease passed too.
  assert.ok(row.fence >= 2, `${row.fence}`);
  const tallies = await readTallies(ground);
  assert.deepEqual(tallies.map(({ pid }) => pid), [second.pid]);
});

Deno.test("a run goes on after the database was away for less than its lease", async () => {
  await using ground = await layServer({ jobs: 1, steps: 20, stepMs: 100 });
  const [id = ""] = ground.ids;
  await using worker = startWorkerProcess({ ...ground.environment, JOB_LEASE_MS: "20000" });
  await worker.waitFor("tally saved", ({ at }) => at === 3);
  await ground.interrupt(1_000);
  await endOfRun(worker, "completed");
  await worker.waitFor("job waits for the database");
  const row = await readRow(ground, id);
  assert.equal(row.attempts, 1);
  assert.equal((await readTallies(ground)).length, 1);
});

Deno.test("a job whose database was away for longer than its lease is run again, with one effect", async () => {
  await using ground = await layServer({ jobs: 1, steps: 20, stepMs: 100 });
  const [id = ""] = ground.ids;
  await using worker = startWorkerProcess(ground.environment);
  await worker.waitFor("tally saved", ({ at }) => at === 3);
  await ground.interrupt(4_000);
  await endOfRun(worker, "lost");
  await endOfRun(worker, "completed");
  const row = await readRow(ground, id);
  assert.equal(row.attempts, 2);
  const [effect, ...more] = await readTallies(ground);
  assert.deepEqual(more, []);
  assert.ok((effect?.resumed_at ?? 0) >= 3);
});

Deno.test("1,000 jobs over three workers with kills and a lost KV: none lost, none doubled", async () => {
  await using ground = await layServer({ jobs: 1_000, steps: 2, stepMs: 20 });
  const { ids } = ground;
  await ground.open(async ({ kv }) => {
    for await (const { key } of kv.list({ prefix: [] })) await kv.delete(key);
  });
  const random = createSeededRandom(7);
  const workers = Array.from({ length: 3 }, () => startWorkerProcess(ground.environment));
  let kills = 0;
  await ground.open(async (platform) => {
    for (;;) {
      const states = await findJobStates(platform, ids);
      if ([...states.values()].every(({ status }) => isFinished(status))) break;
      await pause(700);
      if (kills === 8) continue;
      const victim = (random.bytes(1)[0] ?? 0) % workers.length;
      workers[victim]?.signal("SIGKILL");
      await workers[victim]?.ended;
      workers[victim] = startWorkerProcess(ground.environment);
      kills++;
    }
  });
  for (const worker of workers) await worker[Symbol.asyncDispose]();
  const tallies = await readTallies(ground);
  assert.equal(tallies.length, 1_000);
  assert.deepEqual(new Set(tallies.map(({ job_id }) => job_id)), new Set(ids));
  const hit = await ground.open(({ db }) =>
    tables<JobTables>(db).selectFrom("jobs").select("id").where("deaths", ">", 0).execute()
  );
  assert.ok(hit.length > 0);
});
