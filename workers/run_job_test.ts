import assert from "node:assert/strict";
import { cancelJob, defineJobKind, waitForJob, wakeJob } from "../api/jobs/queue.ts";
import type { JobTables } from "../api/jobs/rows.ts";
import { type EndHook, recoverExpired } from "../api/jobs/service.ts";
import { AppError } from "../api/platform/errors.ts";
import { inTransaction, tables } from "../api/platform/database/open.ts";
import { defineJob } from "./handler.ts";
import { startWorkers } from "./loop.ts";
import { gate, openBench, statusOf, type Step, stepKind, withWorkers } from "./testing.ts";

Deno.test("a job's result and its effects are stored together when it completes", async () => {
  await using bench = await openBench();
  const owner = (await bench.test.signUp("ann")).userId;
  const run: Step = (_ctx, { name }) =>
    Promise.resolve({
      kind: "done",
      result: { hello: name },
      effects: async (tx) => {
        await tables<{ users: { full_name: string; id: string } }>(tx).updateTable("users")
          .set({ full_name: `seen ${name}` }).where("id", "=", owner).execute();
      },
    });
  await withWorkers({ bench, run }, async () => {
    const id = await bench.enqueue("one");
    const state = await waitForJob(bench.ctx, id, 10_000);
    assert.deepEqual(state?.result, { hello: "one" });
    assert.deepEqual(await bench.changes(id), ["job.created", "job.started", "job.completed"]);
  });
  const user = await tables<{ users: { full_name: string; id: string } }>(bench.ctx.db)
    .selectFrom("users").select("full_name").where("id", "=", owner).executeTakeFirst();
  assert.equal(user?.full_name, "seen one");
});

Deno.test("a failing job is retried after a growing wait and ends as a dead letter", async () => {
  await using bench = await openBench();
  let runs = 0;
  const run: Step = () => {
    runs++;
    throw new Error("secret detail");
  };
  await withWorkers({ bench, run }, async () => {
    const id = await bench.enqueue("fails");
    const waits: number[] = [];
    while ((await waitForJob(bench.ctx, id, 200))?.status !== "failed") {
      const row = await bench.row(id);
      if (row.status === "pending" && row.not_before > bench.test.clock.now()) {
        waits.push(row.not_before - bench.test.clock.now());
        bench.test.clock.advance(row.not_before - bench.test.clock.now());
      }
    }
    assert.equal(runs, 3);
    assert.equal(waits.length, 2);
    assert.ok(waits[0] !== undefined && waits[0] >= 500 && waits[0] <= 1_000, String(waits));
    assert.ok(waits[1] !== undefined && waits[1] >= 1_000 && waits[1] <= 2_000, String(waits));
    const row = await bench.row(id);
    assert.equal(row.error_message, "Internal error");
  });
});

Deno.test("a job its input makes impossible fails at once, with the reason", async () => {
  await using bench = await openBench();
  const run: Step = () => {
    throw new AppError("NO_CANDLES", "Cannot run: no candles");
  };
  await withWorkers({ bench, run }, async () => {
    const id = await bench.enqueue("impossible");
    const state = await waitForJob(bench.ctx, id, 10_000);
    assert.equal(state?.status, "failed");
    assert.deepEqual(state?.error, { code: "NO_CANDLES", message: "Cannot run: no candles" });
    assert.equal(state?.attempts, 1);
  });
});

Deno.test("a failing effect leaves neither effect nor completion", async () => {
  await using bench = await openBench();
  const owner = (await bench.test.signUp("bob")).userId;
  const run: Step = () =>
    Promise.resolve({
      kind: "done",
      effects: async (tx) => {
        await tables<{ users: { full_name: string; id: string } }>(tx).updateTable("users")
          .set({ full_name: "changed" }).where("id", "=", owner).execute();
        throw new AppError("CONFLICT", "Cannot store: it clashes");
      },
    });
  await withWorkers({ bench, run }, async () => {
    const id = await bench.enqueue("clash");
    assert.equal(await statusOf(bench, id), "failed");
  });
  const user = await tables<{ users: { full_name: string | null; id: string } }>(bench.ctx.db)
    .selectFrom("users").select("full_name").where("id", "=", owner).executeTakeFirst();
  assert.equal(user?.full_name, null);
});

Deno.test("cancelling a running job stops it through its signal", async () => {
  await using bench = await openBench();
  const started = gate();
  const run: Step = async (ctx) => {
    started.resolve();
    await new Promise((_, reject) =>
      ctx.signal.addEventListener("abort", () => reject(ctx.signal.reason))
    );
    return { kind: "done" };
  };
  await withWorkers({ bench, run }, async () => {
    const id = await bench.enqueue("endless");
    await started.promise;
    const before = await inTransaction(bench.ctx.db, (tx) => cancelJob(bench.ctx, tx, id));
    assert.equal(before, "running");
    await wakeJob(bench.ctx, id);
    assert.equal(await statusOf(bench, id), "cancelled");
    assert.deepEqual(await bench.changes(id), ["job.created", "job.started", "job.cancelled"]);
  });
});

Deno.test("a job longer than its slice yields and goes on from its checkpoint", async () => {
  await using bench = await openBench({ JOB_SLICE_MS: "20" });
  const starts: number[] = [];
  const run: Step = async (_ctx, _payload, checkpoint, { save, signal }) => {
    const at = checkpoint?.[0] ?? 0;
    starts.push(at);
    if (at === 3) return { kind: "done", result: at };
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    await save(Uint8Array.of(at + 1));
    return { kind: "yielded" };
  };
  await withWorkers({ bench, run }, async () => {
    const id = await bench.enqueue("long");
    assert.equal((await waitForJob(bench.ctx, id, 10_000))?.result, 3);
  });
  assert.deepEqual(starts, [0, 1, 2, 3]);
});

Deno.test("a job whose slices save nothing fails instead of running for ever", async () => {
  await using bench = await openBench({ JOB_SLICE_MS: "10" });
  const run: Step = async (_ctx, _payload, _checkpoint, { signal }) => {
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    return { kind: "yielded" };
  };
  await withWorkers({ bench, run }, async () => {
    const id = await bench.enqueue("barren");
    const state = await waitForJob(bench.ctx, id, 10_000);
    assert.equal(state?.error?.code, "LIMIT_EXCEEDED");
    assert.equal(state?.attempts, 3);
  });
});

Deno.test("a worker that lost its lease changes nothing with its late end", async () => {
  await using bench = await openBench();
  const started = gate();
  const free = gate();
  let saved: unknown = null;
  const run: Step = async (_ctx, _payload, _checkpoint, { save }) => {
    started.resolve();
    await free.promise;
    saved = await save(Uint8Array.of(1)).catch((err) => err.name);
    return { kind: "done", result: "late" };
  };
  let id = "";
  await withWorkers({ bench, run }, async () => {
    id = await bench.enqueue("stalls");
    await started.promise;
    await tables<JobTables>(bench.ctx.db).updateTable("jobs")
      .set({ fence: 7, lease_owner: "another" }).where("id", "=", id).execute();
    free.resolve();
  });
  const row = await bench.row(id);
  assert.equal(saved, "LeaseLost");
  assert.equal(row.status, "running");
  assert.equal(row.lease_owner, "another");
  assert.equal(row.result, null);
});

Deno.test("a job whose worker died three times goes to the dead letters", async () => {
  await using bench = await openBench();
  const id = await bench.enqueue("poison");
  const run: Step = () => Promise.resolve({ kind: "done" });
  for (let death = 1; death <= 3; death++) {
    await tables<JobTables>(bench.ctx.db).updateTable("jobs").set({
      status: "running",
      lease_owner: "dead",
      lease_until: 0,
    }).where("id", "=", id).execute();
    assert.equal(await recoverExpired(bench.test.platform, new Map()), 1);
    const row = await bench.row(id);
    assert.equal(row.deaths, death);
    assert.equal(row.status, death < 3 ? "pending" : "failed");
  }
  await withWorkers({ bench, run }, async () => {
    const state = await waitForJob(bench.ctx, id, 100);
    assert.equal(state?.error?.code, "WORKER_DIED");
  });
});

Deno.test("a job that cannot be taken back does not keep the others from it", async () => {
  await using bench = await openBench();
  const [stuck = "", free = ""] = await bench.enqueueAll(["stuck", "free"]);
  for (const [id, lease_until] of [[stuck, 0], [free, 1]] as const) {
    await tables<JobTables>(bench.ctx.db).updateTable("jobs")
      .set({ status: "running", lease_owner: "dead", lease_until, deaths: 2 })
      .where("id", "=", id).execute();
  }
  const hook: EndHook = (_tx, { id }) =>
    id === stuck ? Promise.reject(new TypeError("no such column")) : Promise.resolve();
  await recoverExpired(bench.test.platform, new Map([["step", hook]]));
  assert.equal((await bench.row(free)).status, "failed");
  assert.equal((await bench.row(stuck)).status, "running");
});

Deno.test("a kind's end hook writes in the transaction that fails or cancels its job", async () => {
  await using bench = await openBench();
  const ends: unknown[] = [];
  const kind = defineJobKind({
    ...stepKind,
    ended: async (ctx, tx, { payload, error }) => {
      const rows = await tables<JobTables>(tx).selectFrom("jobs").select("status").execute();
      ends.push({ owner: ctx.actor?.userId, name: payload.name, code: error?.code, rows });
    },
  });
  const handler = defineJob(kind, (_ctx, { name }) => {
    throw new AppError("NO_CANDLES", `Cannot run: ${name}`);
  });
  const workers = await startWorkers(bench.test.platform, [handler], { pollMs: 50 });
  try {
    const { userId } = await bench.test.signUp("ann");
    await waitForJob(bench.ctx, await bench.enqueue("it", { ownerId: userId }), 10_000);
    const rows = [{ status: "failed" }];
    assert.deepEqual(ends, [{ owner: userId, name: "it", code: "NO_CANDLES", rows }]);
  } finally {
    await workers.stop();
  }
});

Deno.test("progress is stored at most four times a second, and the latest is what is read", async () => {
  await using bench = await openBench();
  const reported = gate();
  const free = gate();
  const run: Step = async (_ctx, _payload, _checkpoint, { report }) => {
    for (let step = 1; step <= 1_000; step++) report({ ratio: step / 2_000, message: `${step}` });
    reported.resolve();
    await free.promise;
    return { kind: "done" };
  };
  await withWorkers({ bench, run }, async () => {
    const id = await bench.enqueue("chatty");
    await reported.promise;
    const seen: (string | undefined)[] = [];
    const reader = bench.ctx.kv.watch<[{ message: string }]>([["progress", id]]).getReader();
    while (seen.at(-1) !== "1000") seen.push((await reader.read()).value?.[0].value?.message);
    await reader.cancel();
    assert.ok(seen.length <= 3, String(seen));
    const state = await waitForJob(bench.ctx, id, 0);
    assert.deepEqual(state?.progress, { ratio: 0.5, message: "1000" });
    free.resolve();
    assert.equal(await statusOf(bench, id), "completed");
  });
});

Deno.test("deleting a running job stops its run, and nothing of it is left", async () => {
  await using bench = await openBench();
  const user = await bench.test.signUp("ann");
  const started = gate();
  const stopped = gate<unknown>();
  const run: Step = async (ctx) => {
    started.resolve();
    await new Promise((resolve) => ctx.signal.addEventListener("abort", resolve));
    stopped.resolve(ctx.signal.reason);
    return { kind: "done" };
  };
  await withWorkers({ bench, run }, async () => {
    const id = await bench.enqueue("deleted", { ownerId: user.userId });
    await started.promise;
    assert.equal((await user.as(`/api/v1/jobs/${id}`, { method: "DELETE" })).status, 204);
    assert.equal(String(await stopped.promise), "AbortError: The run has to stop: lost");
    assert.equal(await waitForJob(bench.ctx, id, 0), null);
  });
});
