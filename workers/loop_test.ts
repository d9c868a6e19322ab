import assert from "node:assert/strict";
import { waitForJob, wakeJob } from "../api/jobs/queue.ts";
import { listWorkersSeenSince, upsertWorker } from "../api/jobs/lease_store.ts";
import { restoreReadyKeys } from "../api/jobs/sweeps.ts";
import { gate, openBench, statusOf, type Step, stepKind, withWorkers } from "./testing.ts";

Deno.test("owners take turns: B's first job starts before A's third of 1,000 ends", async () => {
  await using bench = await openBench();
  const a = (await bench.test.signUp("owner-a")).userId;
  const b = (await bench.test.signUp("owner-b")).userId;
  const ended: string[] = [];
  const started = gate<number>();
  const first = gate();
  const free = gate();
  const run: Step = async (_ctx, { name }) => {
    if (name === "b1") started.resolve(ended.filter((each) => each.startsWith("a")).length);
    if (name === "a0") {
      first.resolve();
      await free.promise;
    }
    ended.push(name);
    return { kind: "done" };
  };
  const names = Array.from({ length: 1_000 }, (_, index) => `a${index}`);
  const ids = await bench.enqueueAll(names, { ownerId: a, seconds: 1 });
  await wakeJob(bench.ctx, ids[0] ?? "");
  await withWorkers({ bench, run, cpuCores: 1 }, async () => {
    await first.promise;
    await bench.enqueue("b1", { ownerId: b, seconds: 1 });
    free.resolve();
    assert.ok(await started.promise < 3);
  });
});

Deno.test("a job of high priority starts before all that wait with less", async () => {
  await using bench = await openBench();
  const order: string[] = [];
  const run: Step = (_ctx, { name }) => {
    order.push(name);
    return Promise.resolve({ kind: "done" });
  };
  const ids = [
    await bench.enqueue("low", { priority: "low" }),
    await bench.enqueue("normal"),
    await bench.enqueue("high", { priority: "high" }),
  ];
  await withWorkers({ bench, run, cpuCores: 1 }, async () => {
    for (const id of ids) await waitForJob(bench.ctx, id, 10_000);
  });
  assert.deepEqual(order, ["high", "normal", "low"]);
});

Deno.test("jobs whose KV keys are all lost still run", async () => {
  await using bench = await openBench();
  const ids: string[] = [];
  for (let index = 0; index < 20; index++) {
    ids.push(await bench.enqueue(`job ${index}`, { wake: index % 2 === 0 }));
  }
  for await (const { key } of bench.ctx.kv.list({ prefix: [] })) await bench.ctx.kv.delete(key);
  const run: Step = () => Promise.resolve({ kind: "done" });
  await withWorkers({ bench, run }, async () => {
    for (const id of ids) assert.equal(await statusOf(bench, id), "completed");
  });
});

Deno.test("stopping the workers lets a running job save, and puts it back in line", async () => {
  await using bench = await openBench();
  const started = gate();
  const run: Step = async (_ctx, _payload, _checkpoint, { save, signal }) => {
    started.resolve();
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    await save(Uint8Array.of(9));
    return { kind: "yielded" };
  };
  let id = "";
  await withWorkers({ bench, run }, async () => {
    id = await bench.enqueue("drained");
    await started.promise;
  });
  const row = await bench.row(id);
  assert.equal(row.status, "pending");
  assert.equal(row.deaths, 0);
  assert.equal(row.barren_slices, 0);
  let resumed: number | undefined;
  const again: Step = (_ctx, _payload, checkpoint) => {
    resumed = checkpoint?.[0];
    return Promise.resolve({ kind: "done" });
  };
  await withWorkers({ bench, run: again }, async () => {
    assert.equal(await statusOf(bench, id), "completed");
  });
  assert.equal(resumed, 9);
});

Deno.test("a short job starts while long ones fill every core", async () => {
  await using bench = await openBench();
  const free = gate();
  const run: Step = async (_ctx, { name }) => {
    if (name === "long") await free.promise;
    return { kind: "done" };
  };
  await withWorkers({ bench, run, cpuCores: 1 }, async () => {
    await bench.enqueue("long", { seconds: 60 });
    const waiting = await bench.enqueue("long", { seconds: 60 });
    const short = await bench.enqueue("short", { seconds: 1 });
    assert.equal(await statusOf(bench, short), "completed");
    assert.equal((await bench.row(waiting)).status, "pending");
    free.resolve();
    assert.equal(await statusOf(bench, waiting), "completed");
  });
});

Deno.test("a short job takes its slot however many long ones wait before it", async () => {
  await using bench = await openBench();
  const free = gate();
  const run: Step = async (_ctx, { name }) => {
    if (name === "long") await free.promise;
    return { kind: "done" };
  };
  await withWorkers({ bench, run, cpuCores: 1 }, async () => {
    await bench.enqueueAll(Array(50).fill("long"), { seconds: 60, priority: "high" });
    await restoreReadyKeys(bench.test.platform);
    const short = await bench.enqueue("short", { seconds: 1 });
    assert.equal(await statusOf(bench, short), "completed");
    free.resolve();
  });
});

for (const store of ["KV", "rows alone"]) {
  Deno.test(`jobs too large for every worker hide no others (${store})`, async () => {
    await using bench = await openBench();
    const kind = { ...stepKind, estimate: () => ({ cpuCores: 1, memoryMb: 1_000_000 }) };
    const tooLarge = await bench.enqueueAll(Array(50).fill("large"), { kind, priority: "high" });
    if (store === "KV") await restoreReadyKeys(bench.test.platform);
    else bench.test.platform.kv.close();
    const run: Step = () => Promise.resolve({ kind: "done" });
    await withWorkers({ bench, run }, async () => {
      assert.equal(await statusOf(bench, await bench.enqueue("fits")), "completed");
      assert.equal((await bench.row(tooLarge[0] ?? "")).status, "pending");
    });
  });
}

Deno.test("jobs are enqueued, run and reported while KV does not answer", async () => {
  await using bench = await openBench();
  bench.test.platform.kv.close();
  const run: Step = (_ctx, _payload, _checkpoint, { report }) => {
    report({ ratio: 0.5 });
    return Promise.resolve({ kind: "done", result: "ran" });
  };
  await withWorkers({ bench, run }, async () => {
    const id = await bench.enqueue("without KV");
    assert.equal((await waitForJob(bench.ctx, id, 10_000))?.result, "ran");
  });
});

Deno.test("a start on a database file forgets the workers of a process that was killed", async () => {
  await using bench = await openBench();
  await upsertWorker(bench.ctx.db, {
    id: "killed",
    cpu_cores: 2,
    memory_mb: 1_024,
    running: 1,
    kinds: "[]",
    started_at: bench.ctx.clock.now(),
    seen_at: bench.ctx.clock.now(),
  });
  const run: Step = () => Promise.resolve({ kind: "done" });
  await withWorkers({ bench, run }, async () => {
    const seen = await listWorkersSeenSince(bench.ctx.db, 0);
    assert.deepEqual(seen.map(({ id }) => id === "killed"), [false]);
  });
});
