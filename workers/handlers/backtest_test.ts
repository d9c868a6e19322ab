import assert from "node:assert/strict";
import { scopesOfRole } from "../../api/auth/scopes.ts";
import { getBacktest } from "../../api/backtests/service.ts";
import { waitForJob } from "../../api/jobs/queue.ts";
import type { JobTables } from "../../api/jobs/rows.ts";
import { createCtx } from "../../api/platform/context.ts";
import { tables } from "../../api/platform/database/open.ts";
import { sha256Hex } from "../../api/platform/encoding.ts";
import { startJobs } from "../process.ts";
import { type Bench, openBench } from "../testing.ts";
import { importMarket, submitBacktest } from "../testing/backtests.ts";

async function openMarket(settings: Record<string, string> = {}) {
  const bench = await openBench(settings);
  await importMarket(bench.test.platform);
  return { bench, ann: await bench.test.signUp("ann") };
}

async function runJob(bench: Bench, jobId: string): Promise<string | undefined> {
  const workers = await startJobs(bench.test.platform, { pollMs: 50 });
  try {
    return (await waitForJob(bench.ctx, jobId, 60_000))?.status;
  } finally {
    await workers.stop();
  }
}

Deno.test("a submitted backtest runs as a job and ends with results, trades and equity", async () => {
  const { bench, ann } = await openMarket();
  await using _ = bench;
  const { id, job_id } = await submitBacktest(ann);
  assert.equal(await runJob(bench, job_id), "completed");
  const detail = await (await ann.as(`/api/v1/backtests/${id}`)).json();
  assert.equal(detail.status, "completed");
  assert.ok(detail.results.total_trades > 50, String(detail.results.total_trades));
  assert.equal(detail.results.statistics.total_trades, detail.results.total_trades);
  assert.match(detail.result_hash, /^[0-9a-f]{64}$/);
  assert.ok(detail.equity_curve.length > 100);
  const packed = await (await ann.as(`/api/v1/backtests/${id}/result`)).arrayBuffer();
  assert.equal(sha256Hex(new Uint8Array(packed)), detail.result_hash);
  const trades = await (await ann.as(`/api/v1/backtests/${id}/trades?limit=1`)).json();
  assert.equal(trades.total, detail.results.total_trades);
  const job = await (await ann.as(`/api/v1/jobs/${job_id}`)).json();
  assert.equal(job.result_url, `/api/v1/backtests/${id}`);
  assert.equal(job.result.result_hash, detail.result_hash);
});

Deno.test("a finished backtest reads alike from the cache, as 304, and not for others or once deleted", async () => {
  const { bench, ann } = await openMarket();
  await using _ = bench;
  const bob = await bench.test.signUp("bob");
  const { id, job_id } = await submitBacktest(ann);
  const path = `/api/v1/backtests/${id}`;
  const pending = await ann.as(path);
  assert.deepEqual((await pending.json()).equity_curve, []);
  assert.equal(await runJob(bench, job_id), "completed");
  const ctx = createCtx(bench.test.platform, {
    actor: {
      ...{ userId: ann.userId, username: "ann", role: "user", sessionId: null },
      scopes: scopesOfRole("user"),
    },
    signal: new AbortController().signal,
  });
  const first = await ann.as(path);
  const again = await ann.as(path);
  const tag = first.headers.get("ETag") ?? "";
  assert.notEqual(tag, pending.headers.get("ETag"));
  const text = await first.text();
  assert.deepEqual(JSON.parse(text), await getBacktest(ctx, id));
  assert.equal(await again.text(), text);
  const known = await ann.as(path, { headers: { "If-None-Match": tag } });
  assert.deepEqual([known.status, await known.text()], [304, ""]);
  assert.equal((await bob.as(path, { headers: { "If-None-Match": tag } })).status, 404);
  assert.equal((await ann.as(path, { method: "DELETE" })).status, 204);
  assert.equal((await ann.as(path)).status, 404);
});

Deno.test("a backtest in slices ends with the hash of one in a single run", async () => {
  const whole = await openMarket();
  const hash = async ({ bench, ann }: typeof whole) => {
    await using _ = bench;
    const { id, job_id } = await submitBacktest(ann, "2024-02-25");
    assert.equal(await runJob(bench, job_id), "completed");
    const detail = await (await ann.as(`/api/v1/backtests/${id}`)).json();
    return { hash: detail.result_hash, attempts: (await bench.row(job_id)).attempts };
  };
  const [one, many] = [await hash(whole), await hash(await openMarket({ JOB_SLICE_MS: "1" }))];
  assert.equal(one.attempts, 1);
  assert.ok(many.attempts > 3, String(many.attempts));
  assert.equal(many.hash, one.hash);
});

Deno.test("a backtest whose row was deleted while it waited leaves nothing", async () => {
  const { bench, ann } = await openMarket();
  await using _ = bench;
  const { id, job_id } = await submitBacktest(ann);
  assert.equal((await ann.as(`/api/v1/backtests/${id}`, { method: "DELETE" })).status, 204);
  assert.equal(await runJob(bench, job_id), "cancelled");
  assert.equal((await ann.as(`/api/v1/backtests/${id}`)).status, 404);
});

Deno.test("cancelling a waiting backtest's job cancels the backtest with it", async () => {
  const { bench, ann } = await openMarket();
  await using _ = bench;
  const { id, job_id } = await submitBacktest(ann);
  const answer = await ann.as(`/api/v1/jobs/${job_id}/cancel`, { method: "POST" });
  assert.equal((await answer.json()).status, "cancelled");
  const backtest = await (await ann.as(`/api/v1/backtests/${id}`)).json();
  assert.equal(backtest.status, "cancelled");
});

Deno.test("retrying a failed backtest's job puts the backtest back in line, and it completes", async () => {
  const { bench, ann } = await openMarket();
  await using _ = bench;
  const { id, job_id } = await submitBacktest(ann);
  const lose = () =>
    tables<JobTables>(bench.ctx.db).updateTable("jobs")
      .set({ status: "running", lease_owner: "dead", lease_until: 0, deaths: 2 })
      .where("id", "=", job_id).execute();
  await lose();
  assert.equal(await runJob(bench, job_id), "failed");
  const failed = await (await ann.as(`/api/v1/backtests/${id}`)).json();
  assert.equal(failed.status, "failed");
  assert.equal(failed.error.code, "WORKER_DIED");
  const retried = await ann.as(`/api/v1/jobs/${job_id}/retry`, { method: "POST" });
  assert.equal(retried.status, 200);
  assert.equal((await (await ann.as(`/api/v1/backtests/${id}`)).json()).status, "pending");
  assert.equal(await runJob(bench, job_id), "completed");
  assert.equal((await (await ann.as(`/api/v1/backtests/${id}`)).json()).status, "completed");
});
