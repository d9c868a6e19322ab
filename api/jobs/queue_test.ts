import assert from "node:assert/strict";
import { z } from "zod";
import { createCtx, SYSTEM_USER_ID } from "../platform/context.ts";
import { inTransaction } from "../platform/database/open.ts";
import { createTestApp } from "../testing.ts";
import {
  cancelJob,
  defineJobKind,
  enqueueJob,
  findJobStates,
  waitForJob,
  wakeJob,
} from "./queue.ts";
import { listReadyKeys } from "./ready_keys.ts";

const count = defineJobKind({
  name: "count",
  label: "Count",
  payload: z.object({ to: z.number() }),
  scope: "read",
  estimate: ({ to }) => ({ cpuCores: 1, memoryMb: 16, seconds: to / 10 }),
});

async function openQueue() {
  const test = await createTestApp();
  const ctx = createCtx(test.platform, { actor: null, signal: new AbortController().signal });
  const enqueue = (to: number) =>
    inTransaction(
      ctx.db,
      (tx) => enqueueJob(ctx, tx, { kind: count, payload: { to }, ownerId: SYSTEM_USER_ID }),
    );
  return { test, ctx, enqueue };
}

Deno.test("enqueueJob() leaves a waiting row and an event, and nothing when its transaction fails", async () => {
  const { test, ctx, enqueue } = await openQueue();
  await using _ = test;
  const id = await enqueue(5);
  const state = (await findJobStates(ctx, [id])).get(id);
  assert.equal(state?.status, "pending");
  assert.equal(state?.kind, "count");
  let lost = "";
  await assert.rejects(inTransaction(ctx.db, async (tx) => {
    lost = await enqueueJob(ctx, tx, { kind: count, payload: { to: 1 }, ownerId: SYSTEM_USER_ID });
    throw new Error("no");
  }));
  assert.equal((await findJobStates(ctx, [lost])).size, 0);
});

Deno.test("wakeJob() puts a key that tells a worker what the job takes", async () => {
  const { test, ctx, enqueue } = await openQueue();
  await using _ = test;
  const id = await enqueue(20);
  await wakeJob(ctx, id);
  const [ready, ...more] = await listReadyKeys(ctx.kv, { now: ctx.clock.now(), limit: 10 });
  assert.deepEqual(more, []);
  assert.equal(ready?.id, id);
  assert.equal(ready?.memoryMb, 16);
  assert.equal(ready?.estimateMs, 2_000);
});

Deno.test("cancelJob() ends a waiting job at once and leaves a finished one as it is", async () => {
  const { test, ctx, enqueue } = await openQueue();
  await using _ = test;
  const id = await enqueue(5);
  assert.equal(await inTransaction(ctx.db, (tx) => cancelJob(ctx, tx, id)), "cancelled");
  assert.equal(await inTransaction(ctx.db, (tx) => cancelJob(ctx, tx, id)), "cancelled");
  const state = await waitForJob(ctx, id, 10_000);
  assert.equal(state?.status, "cancelled");
  assert.equal(await inTransaction(ctx.db, (tx) => cancelJob(ctx, tx, ctx.ids.uuid())), null);
});

Deno.test("waitForJob() answers a job that still waits when its time is over", async () => {
  const { test, ctx, enqueue } = await openQueue();
  await using _ = test;
  assert.equal((await waitForJob(ctx, await enqueue(1), 30))?.status, "pending");
  assert.equal(await waitForJob(ctx, ctx.ids.uuid(), 30), null);
});
