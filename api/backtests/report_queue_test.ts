import assert from "node:assert/strict";
import { AppError } from "../platform/errors.ts";
import { createReportQueue } from "./report_queue.ts";

Deno.test("createReportQueue() runs two at once and refuses beyond those it lets wait", async () => {
  const queue = createReportQueue();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  let running = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++running);
    await released;
    running--;
  };
  const admitted = Array.from({ length: 22 }, () => queue.run(work));
  await assert.rejects(queue.run(work), (err: unknown) => {
    assert.ok(err instanceof AppError);
    assert.equal(err.code, "OVERLOADED");
    return true;
  });
  release();
  await Promise.all(admitted);
  assert.equal(most, 2);
  await queue.run(work);
});

Deno.test("createReportQueue() frees the place of work that failed", async () => {
  const queue = createReportQueue();
  for (let turn = 0; turn < 30; turn++) {
    await assert.rejects(queue.run(() => Promise.reject(new Error("broken"))), /broken/);
  }
});
