import assert from "node:assert/strict";
import { AppError } from "../../api/platform/errors.ts";
import { ComputePool } from "./pool.ts";
import { STOPPED } from "./session.ts";

function openPool(options: { size?: number; memoryBytesMax?: number } = {}) {
  const pool = new ComputePool({
    size: 1,
    ...options,
    startWorker: () =>
      new Worker(new URL("./testing/worker.ts", import.meta.url), {
        type: "module",
        deno: { permissions: "none" },
      }),
  });
  return { pool, [Symbol.dispose]: () => pool.close() };
}

Deno.test("a compute worker can reach neither files, network nor environment", async () => {
  using bench = openPool();
  const reached = await bench.pool.use((session) => session.call("reach", null));
  assert.deepEqual(reached, []);
});

Deno.test("a task's refusal arrives with its code and details, a bug without a code", async () => {
  using bench = openPool();
  await bench.pool.use(async (session) => {
    const refused = await session.call("refuse", null).catch((err) => err);
    assert.ok(refused instanceof AppError);
    assert.equal(refused.code, "STRATEGY_REFUSED");
    assert.deepEqual(refused.details, { line: 7 });
    const broken = await session.call("break", null).catch((err) => err);
    assert.ok(broken instanceof Error && !(broken instanceof AppError));
    assert.equal(broken.message, "a bug");
    assert.ok(session.alive);
  });
});

Deno.test("a call that is asked to yield gives a snapshot and goes on from it", async () => {
  using bench = openPool();
  await bench.pool.use(async (session) => {
    const stop = new AbortController();
    let saved: Uint8Array<ArrayBuffer> | null = null;
    const answer = session.call("count", { from: 0, to: null }, {
      signal: stop.signal,
      stopBy: () => "yield",
      onProgress: () => stop.abort(),
      onSnapshot: (bytes) => {
        saved = bytes;
        return Promise.resolve();
      },
    });
    assert.equal(await answer, STOPPED);
    const from = (saved as Uint8Array | null)?.[0] ?? 0;
    assert.ok(saved !== null);
    assert.equal(await session.call("count", { from, to: 256 }), 256);
  });
});

Deno.test("snapshots come while a call runs, and one that cannot be stored stops it", async () => {
  using bench = openPool();
  await bench.pool.use(async (session) => {
    let snapshots = 0;
    const call = session.call("count", { from: 0, to: null }, {
      snapshotEveryMs: 100,
      onSnapshot: () => {
        snapshots++;
        return snapshots < 2 ? Promise.resolve() : Promise.reject(new Error("disk full"));
      },
    });
    await assert.rejects(call, { message: "disk full" });
    assert.equal(snapshots, 2);
    assert.equal(await session.call("calls", null), 1);
  });
});

Deno.test("a cancelled call stops without a snapshot", async () => {
  using bench = openPool();
  await bench.pool.use(async (session) => {
    const stop = new AbortController();
    const answer = await session.call("count", { from: 0, to: null }, {
      signal: stop.signal,
      onProgress: () => stop.abort(),
      onSnapshot: () => Promise.reject(new Error("no snapshot was wanted")),
    });
    assert.equal(answer, STOPPED);
    assert.ok(session.alive);
  });
});

Deno.test("a worker that never returns is terminated and replaced", async () => {
  using bench = openPool();
  const stop = new AbortController();
  const endless = bench.pool.use((session) => {
    const call = session.call("spin", null, { signal: stop.signal });
    stop.abort();
    return call;
  });
  await assert.rejects(endless, { message: "The compute worker was terminated" });
  assert.equal(await bench.pool.use((session) => session.call("calls", null)), 1);
});

Deno.test("a worker whose core grew too far is replaced after its job", async () => {
  using bench = openPool({ memoryBytesMax: 8_000_000 });
  await bench.pool.use((session) => session.call("calls", null));
  assert.equal(await bench.pool.use((session) => session.call("calls", null)), 2);
  await bench.pool.use((session) => session.call("grow", null));
  assert.equal(bench.pool.workers, 0);
  assert.equal(await bench.pool.use((session) => session.call("calls", null)), 1);
});

Deno.test("leases beyond the pool's size wait for a worker to come back", async () => {
  using bench = openPool({ size: 2 });
  const most: number[] = [];
  const jobs = Array.from({ length: 6 }, () =>
    bench.pool.use(async (session) => {
      await session.call("calls", null);
      most.push(bench.pool.workers);
    }));
  await Promise.all(jobs);
  assert.equal(Math.max(...most), 2);
});

Deno.test("a lease that is given up while it waits takes no worker", async () => {
  using bench = openPool();
  const held = Promise.withResolvers<void>();
  const first = bench.pool.use(() => held.promise);
  const stop = new AbortController();
  const second = bench.pool.use(() => Promise.resolve(), stop.signal);
  stop.abort(new Error("given up"));
  await assert.rejects(second, { message: "given up" });
  held.resolve();
  await first;
  assert.equal(await bench.pool.use((session) => session.call("calls", null)), 1);
});
