import assert from "node:assert/strict";
import { buildCore } from "../../core-wasm/build.ts";
import { startJobs } from "../../workers/process.ts";
import { openBench } from "../../workers/testing.ts";
import { importMarket } from "../../workers/testing/backtests.ts";
import { waitForJob } from "../jobs/queue.ts";
import { type Db, tables } from "../platform/database/open.ts";
import { sha256Hex } from "../platform/encoding.ts";
import type { TestUser } from "../testing.ts";

await buildCore();

const HOSTILE = "</script><img src=x onerror=alert(1)>";
const CODE = `import talib.abstract as ta
from freqtrade.strategy import IStrategy


class Dips(IStrategy):
    timeframe = "5m"
    minimal_roi = {"0": 0.01}
    stoploss = -0.02
    plot_config = {
        "main_plot": {"mean": {"color": "red"}},
        "subplots": {"${HOSTILE}": {"rsi": {"color": "url(http://127.0.0.1/)"}}},
    }

    def populate_indicators(self, dataframe, metadata):
        dataframe["mean"] = ta.SMA(dataframe, timeperiod=20)
        dataframe["rsi"] = ta.RSI(dataframe, timeperiod=14)
        return dataframe

    def populate_entry_trend(self, dataframe, metadata):
        dataframe.loc[dataframe["rsi"] < 35, ["enter_long", "enter_tag"]] = (1, "${HOSTILE}")
        return dataframe

    def populate_exit_trend(self, dataframe, metadata):
        return dataframe
`;

async function submit(user: TestUser): Promise<{ id: string; job_id: string }> {
  const created = await user.as("/api/v1/strategies", { json: { name: "Dips", code: CODE } });
  const strategy = await created.json();
  assert.equal(created.status, 201, JSON.stringify(strategy));
  const answer = await user.as("/api/v1/backtests", {
    json: {
      strategy_id: strategy.id,
      symbols: ["BTC/USDT", "ETH/USDT"],
      start_date: "2024-02-01",
      end_date: "2024-02-20",
    },
  });
  const body = await answer.json();
  assert.equal(answer.status, 201, JSON.stringify(body));
  return body;
}

interface Kept {
  backtests: { id: string; report_blob: string | null };
}

async function keptReport(db: Db, id: string): Promise<string> {
  const row = await tables<Kept>(db).selectFrom("backtests").select("report_blob")
    .where("id", "=", id).executeTakeFirstOrThrow();
  return row.report_blob ?? assert.fail("no report is kept");
}

Deno.test("the report is a page once the backtest is completed, for its owner alone", async (t) => {
  const bench = await openBench();
  await using _ = bench;
  await importMarket(bench.test.platform);
  const ann = await bench.test.signUp("ann");
  const bob = await bench.test.signUp("bob");
  const { id, job_id } = await submit(ann);
  const path = `/api/v1/backtests/${id}/report`;

  await t.step("it answers 409 while the backtest waits", async () => {
    const answer = await ann.as(path);
    assert.equal(answer.status, 409);
    assert.match((await answer.json()).detail, /the backtest is pending/);
  });
  const workers = await startJobs(bench.test.platform, { pollMs: 50 });
  try {
    assert.equal((await waitForJob(bench.ctx, job_id, 60_000))?.status, "completed");
  } finally {
    await workers.stop();
  }
  const answer = await ann.as(path);
  const page = await answer.text();

  await t.step("it is HTML whose policy names its own script and style only", () => {
    assert.equal(answer.status, 200, page);
    assert.equal(answer.headers.get("Content-Type"), "text/html; charset=utf-8");
    const policy = answer.headers.get("Content-Security-Policy") ?? "";
    assert.match(policy, /default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.ok(!policy.includes("unsafe"));
  });
  await t.step("it shows what the detail says", async () => {
    const detail = await (await ann.as(`/api/v1/backtests/${id}`)).json();
    assert.ok(page.includes(`<dd class="value flat">${detail.results.total_trades}</dd>`));
    assert.ok(page.includes(detail.result_hash));
    assert.ok(page.includes('<option value="1">ETH/USDT</option>'));
  });
  await t.step("it holds nothing of a hostile tag as markup", () => {
    assert.ok(page.includes("&#60;/script&#62;&#60;img"));
    assert.ok(!page.includes("<img"));
  });
  await t.step("it is made once: read again it is the same, and 304 to who has it", async () => {
    const tag = answer.headers.get("ETag") ?? assert.fail("no ETag");
    const blob = await keptReport(bench.test.platform.db, id);
    assert.equal(blob, sha256Hex(page));
    const same = await ann.as(path, { headers: { "If-None-Match": tag } });
    assert.deepEqual([same.status, await same.text()], [304, ""]);
    const again = await ann.as(path, { headers: { "If-None-Match": '"another"' } });
    assert.deepEqual([again.status, again.headers.get("ETag")], [200, tag]);
    assert.equal(await again.text(), page);
    assert.ok(await bench.test.platform.blobs.get(blob));
  });
  await t.step("it answers a stranger 404 and nobody 401", async () => {
    const stranger = await bob.as(path);
    assert.equal(stranger.status, 404);
    await stranger.body?.cancel();
    const nobody = await bench.test.app.request(path);
    assert.equal(nobody.status, 401);
    await nobody.body?.cancel();
  });
  await t.step("it goes with its backtest", async () => {
    const deleted = await ann.as(`/api/v1/backtests/${id}`, { method: "DELETE" });
    assert.equal(deleted.status, 204);
    assert.equal(await bench.test.platform.blobs.get(sha256Hex(page)), null);
  });
});
