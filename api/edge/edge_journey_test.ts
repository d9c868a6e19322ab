import assert from "node:assert/strict";
import { goThrough } from "../cli/demo.ts";
import { DemoClient } from "../cli/demo_client.ts";
import { openDatabase, tables } from "../platform/database/open.ts";
import { type EdgeGround, layEdgeGround, startEdgeProcess } from "./testing/edge_process.ts";

const MEMORY_BYTES_MAX = 512 * 1024 * 1024;
/** 400 ms on an idle machine; tests run beside others on a slow one. */
const COLD_START_MS_MAX = 4_000;
const STOP_MS_MAX = 5_000;
/** So short that a slice ends at its first look: each brings the backtest 1,000 candles further. */
const SHORT_SLICES = { JOB_SLICE_MS: "1" };
const DEADLINE_MS = 60_000;

Deno.test("a cold process on the edge answers soon, and ends within five seconds of SIGINT", async () => {
  await using ground = await layEdgeGround();
  const start = performance.now();
  await using edge = await startEdgeProcess(ground);
  const answer = await fetch(`${edge.url}/health`);
  const coldMs = performance.now() - start;
  assert.equal((await answer.json()).environment, "development");
  console.log(
    `first answer after ${coldMs.toFixed(0)} ms, listening after ${edge.listenedMs.toFixed(0)} ms`,
  );
  assert.ok(coldMs < COLD_START_MS_MAX, `${coldMs} ms`);
  const ready = await (await fetch(`${edge.url}/ready`)).json();
  assert.equal(ready.ready, true);
  const stopAt = performance.now();
  assert.equal(await edge.stop(), 0);
  assert.ok(performance.now() - stopAt < STOP_MS_MAX);
});

interface JobsTable {
  jobs: { kind: string; status: string; attempts: number };
}

async function readBacktestJobs({ environment }: EdgeGround) {
  const { DATABASE_URL: url = "", DATABASE_AUTH_TOKEN: authToken } = environment;
  const database = await openDatabase({ url, authToken });
  try {
    return await tables<JobsTable>(database.db).selectFrom("jobs").select(["status", "attempts"])
      .where("kind", "=", "backtest").execute();
  } finally {
    await database.close();
  }
}

interface Demo {
  readonly said: readonly string[];
  readonly ended: Promise<unknown>;
}

/** Goes through the demo; with `until` only as far as the first line that has this text. */
function startDemo(baseUrl: string, { folder }: EdgeGround, until?: string): Demo {
  const left = new AbortController();
  const signal = AbortSignal.any([left.signal, AbortSignal.timeout(DEADLINE_MS)]);
  const said: string[] = [];
  const say = (line: string) => {
    said.push(line);
    if (until !== undefined && line.includes(until)) left.abort();
  };
  const ended = goThrough(new DemoClient({ baseUrl, dataDir: folder, say, signal }), baseUrl, say);
  return {
    said,
    ended: ended.catch((err) => {
      if (!left.signal.aborted) throw err;
    }),
  };
}

Deno.test("the demo's backtest passes on the edge, in slices and in 512 MB", async () => {
  await using ground = await layEdgeGround();
  await using edge = await startEdgeProcess(ground, { settings: SHORT_SLICES });
  const demo = startDemo(edge.url, ground);
  await demo.ended;
  assert.match(demo.said.join("\n"), /Trades +│ [1-9]\d* /);
  const [job, ...more] = await readBacktestJobs(ground);
  assert.deepEqual(more, []);
  assert.equal(job?.status, "completed");
  assert.ok((job?.attempts ?? 0) > 1, `${job?.attempts} slices`);
  const peak = await edge.peakMemoryBytes();
  console.log(`${job?.attempts} slices, at most ${Math.round(peak / 1e6)} MB`);
  assert.ok(peak < MEMORY_BYTES_MAX, `${peak} bytes`);
  assert.equal(await edge.stop(), 0);
});

Deno.test("a tick finishes what a process that has ended left waiting, without any request", async () => {
  await using ground = await layEdgeGround();
  {
    await using edge = await startEdgeProcess(ground, { settings: { RUN_JOBS: "no" } });
    await startDemo(edge.url, ground, "pending").ended;
    assert.equal(await edge.stop(), 0);
  }
  const [before] = await readBacktestJobs(ground);
  assert.equal(before?.status, "pending");
  await using edge = await startEdgeProcess(ground, { settings: SHORT_SLICES, ticksByHand: true });
  await edge.tick();
  const [after] = await readBacktestJobs(ground);
  assert.equal(after?.status, "completed");
});
