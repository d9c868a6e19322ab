import assert from "node:assert/strict";
import { getPriority } from "node:os";
import { startPlainComputeWorker } from "./pool.ts";
import { listWorkerThreads } from "./priority.ts";

Deno.test({
  name:
    "a compute worker's thread gives way to the others (needs Linux, which has threads in /proc)",
  ignore: Deno.build.os !== "linux",
  fn() {
    const before = new Set(listWorkerThreads());
    const own = getPriority();
    const worker = startPlainComputeWorker();
    try {
      // Tests that run beside this one may start workers too.
      const started = listWorkerThreads().filter((thread) => !before.has(thread));
      const behind = Math.max(own, 10);
      assert.ok(started.some((thread) => getPriority(thread) === behind), `none of ${started}`);
      assert.equal(getPriority(), own);
    } finally {
      worker.terminate();
    }
  },
});
