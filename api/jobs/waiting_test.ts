import assert from "node:assert/strict";
import type { WorkerRow } from "./lease_store.ts";
import { explainWaiting } from "./waiting.ts";

const job = { kind: "backtest", not_before: 0, memory_mb: 500 };

function worker(changes: Partial<WorkerRow> = {}): WorkerRow {
  return {
    id: "w",
    cpu_cores: 2,
    memory_mb: 1_000,
    running: 0,
    kinds: '["backtest"]',
    started_at: 0,
    seen_at: 0,
    ...changes,
  };
}

function reasonOf(row: Partial<typeof job>, workers: WorkerRow[], ahead = 0) {
  return explainWaiting({ ...job, ...row }, { now: 1_000, ahead, workers });
}

Deno.test("explainWaiting() names the next try of a failed job", () => {
  assert.deepEqual(reasonOf({ not_before: 5_000 }, []), {
    reason: "retry",
    message: "Waits for its next try at 1970-01-01T00:00:05.000Z",
  });
});

Deno.test("explainWaiting() says when no living worker runs the kind", () => {
  assert.equal(reasonOf({}, []).reason, "no_worker");
  assert.equal(reasonOf({}, [worker({ kinds: '["purge_jobs"]' })]).reason, "no_worker");
});

Deno.test("explainWaiting() says when the job is larger than every worker", () => {
  const { reason, message } = reasonOf({ memory_mb: 4_000 }, [worker(), worker()]);
  assert.equal(reason, "too_large");
  assert.match(message, /4000 MB are needed, WORKER_MEMORY_MB is 1000/);
});

Deno.test("explainWaiting() counts the jobs ahead", () => {
  assert.equal(reasonOf({}, [worker()]).message, "Waits for a free worker: it starts next");
  assert.equal(reasonOf({}, [worker()], 1).message, "Waits for its turn: 1 job is ahead");
  assert.equal(reasonOf({}, [worker()], 7).message, "Waits for its turn: 7 jobs are ahead");
});
