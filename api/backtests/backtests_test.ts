import assert from "node:assert/strict";
import { createTestApp, type TestApp, type TestRequest, type TestUser } from "../testing.ts";

const FIRST_OPEN_MS = 1_700_000_100_000;
const ROWS = Array.from(
  { length: 60 },
  (_, row) => `${FIRST_OPEN_MS + row * 300_000},1,2,0.5,1,10`,
);
const CSV = `timestamp_ms,open,high,low,close,volume\n${ROWS.join("\n")}\n`;

const STRATEGY = `from freqtrade.strategy import IStrategy


class Mine(IStrategy):
    timeframe = "5m"
    stoploss = -0.1

    def populate_indicators(self, dataframe, metadata):
        return dataframe

    def populate_entry_trend(self, dataframe, metadata):
        dataframe.loc[dataframe["close"] < 2, "enter_long"] = 1
        return dataframe

    def populate_exit_trend(self, dataframe, metadata):
        return dataframe
`;

interface Ground {
  readonly test: TestApp;
  readonly ann: TestUser;
  readonly datasetId: string;
  /** A request that is taken as it stands. */
  readonly request: Readonly<Record<string, unknown>>;
}

async function openGround(code = STRATEGY): Promise<Ground> {
  const test = await createTestApp();
  const ann = await test.signUp("ann");
  const dataset = await created(ann, "/api/v1/market/datasets", { json: { name: "own" } });
  await upload(ann, dataset.id, "AAA_BBB-5m.csv");
  const strategy = await created(ann, "/api/v1/strategies", {
    json: { name: "Mine", description: "", code },
  });
  const request = { strategy_id: strategy.id, symbol: "AAA/BBB" };
  return { test, ann, datasetId: dataset.id, request };
}

async function upload(user: TestUser, datasetId: string, filename: string) {
  return await created(user, `/api/v1/market/datasets/${datasetId}/imports?filename=${filename}`, {
    method: "POST",
    headers: { "Content-Type": "text/csv" },
    body: CSV,
  });
}

async function created(user: TestUser, path: string, init: TestRequest) {
  const answer = await user.as(path, init);
  const body = await answer.json();
  assert.equal(answer.status, 201, JSON.stringify(body));
  return body;
}

/** Status and code of a refused submission, after which no backtest and no job may exist. */
async function refusalOf(ground: Ground, change: Record<string, unknown>) {
  const { ann, request } = ground;
  const answer = await ann.as("/api/v1/backtests", { json: { ...request, ...change } });
  const body = await answer.json();
  assert.equal((await (await ann.as("/api/v1/backtests")).json()).total, 0);
  assert.equal((await (await ann.as("/api/v1/jobs")).json()).total, 0);
  return { status: answer.status, code: body.code, text: JSON.stringify(body) };
}

Deno.test("createBacktest() pins version and candles, queues a job, and echoes the costs", async () => {
  const { test, ann, request } = await openGround();
  await using _ = test;
  const config = { commission_rate: 0.002, slippage_model: "FIXED" };
  const backtest = await created(ann, "/api/v1/backtests", { json: { ...request, config } });
  assert.equal(backtest.status, "pending");
  assert.equal(backtest.strategy_version, 1);
  assert.deepEqual(backtest.symbols, ["AAA/BBB"]);
  assert.equal(backtest.timeframe, "5m");
  assert.deepEqual(backtest.effective_costs, {
    commission_rate: "0.002",
    slippage_model: "FIXED",
    slippage: "0",
  });
  const job = await (await ann.as(`/api/v1/jobs/${backtest.job_id}`)).json();
  assert.equal(job.status, "pending");
  const detail = await (await ann.as(`/api/v1/backtests/${backtest.id}`)).json();
  assert.deepEqual(
    detail.candles.map(({ dataset, revision }: Record<string, unknown>) => [
      dataset,
      revision,
    ]),
    [["own", 1]],
  );
  const { audits, events } = await test.traces(backtest.id);
  assert.deepEqual(audits.map(({ action }) => action), ["backtest.create"]);
  assert.deepEqual(events.map(({ type }) => type), ["backtest.created"]);
});

Deno.test("createBacktest() repeated with its Idempotency-Key queues one run", async () => {
  const { test, ann, request } = await openGround();
  await using _ = test;
  const init = { json: request, headers: { "Idempotency-Key": "run-1" } };
  const first = await created(ann, "/api/v1/backtests", init);
  const second = await created(ann, "/api/v1/backtests", init);
  assert.equal(second.id, first.id);
  assert.equal((await (await ann.as("/api/v1/jobs")).json()).total, 1);
});

Deno.test("createBacktest() refuses what it cannot run, and queues nothing", async (t) => {
  const ground = await openGround();
  await using _ = ground.test;
  const cases: [string, Record<string, unknown>, number, string, RegExp][] = [
    ["a symbol without candles", { symbol: "NONE/SUCH" }, 404, "NOT_FOUND", /NONE\/SUCH/],
    ["a range without candles", { end_date: "2020-01-01" }, 422, "NO_CANDLES", /AAA\/BBB/],
    ["a timeframe without candles", { timeframe: "1h" }, 422, "NO_CANDLES", /1h/],
    [
      "a fee of -1",
      { config: { commission_rate: -1 } },
      422,
      "VALIDATION_ERROR",
      /commission_rate/,
    ],
    [
      "a stake above the wallet",
      { config: { initial_capital: 100, mode: "FIXED", stake_amount: 1000 } },
      422,
      "UNSUPPORTED_OPTION|VALIDATION_ERROR",
      /stake_amount/,
    ],
    ["slippage", { config: { slippage: "0.001" } }, 422, "UNSUPPORTED_OPTION", /slippage/],
    ["another sizing", { config: { mode: "MARTINGALE" } }, 422, "UNSUPPORTED_OPTION", /MARTINGALE/],
    [
      "futures",
      { config: { freqtrade: { trading_mode: "futures" } } },
      422,
      "UNSUPPORTED_OPTION",
      /trading_mode/,
    ],
    ["a class that is not there", { class_name: "Other" }, 422, "STRATEGY_REFUSED", /Other/],
  ];
  for (const [name, change, status, code, text] of cases) {
    await t.step(name, async () => {
      const refusal = await refusalOf(ground, change);
      assert.equal(refusal.status, status, refusal.text);
      assert.match(refusal.code, new RegExp(`^(${code})$`));
      assert.match(refusal.text, text);
    });
  }
});

Deno.test("createBacktest() names line and column of a strategy it refuses", async () => {
  const ground = await openGround(STRATEGY.replace('dataframe["close"] < 2', "no_such(dataframe)"));
  await using _ = ground.test;
  const refusal = await refusalOf(ground, {});
  assert.equal(refusal.code, "STRATEGY_REFUSED");
  assert.match(refusal.text, /line 12/);
});

Deno.test("createBacktest() answers the candidates when a symbol means two markets", async () => {
  const ground = await openGround();
  await using _ = ground.test;
  await upload(ground.ann, ground.datasetId, "AAA_BBB_BBB-5m-futures.csv");
  const refusal = await refusalOf(ground, { symbol: "AAABBB" });
  assert.equal(refusal.code, "AMBIGUOUS_SYMBOL");
  assert.match(refusal.text, /AAA\/BBB:BBB/);
});

Deno.test("cancelBacktest() ends a waiting run and keeps it; a second time it clashes", async () => {
  const { test, ann, request } = await openGround();
  await using _ = test;
  const { id, job_id } = await created(ann, "/api/v1/backtests", { json: request });
  const cancel = () => ann.as(`/api/v1/backtests/${id}/cancel`, { method: "POST" });
  assert.equal((await (await cancel()).json()).status, "cancelled");
  assert.equal((await (await ann.as(`/api/v1/jobs/${job_id}`)).json()).status, "cancelled");
  assert.equal((await cancel()).status, 409);
  const { total } = await (await ann.as("/api/v1/backtests?status=cancelled")).json();
  assert.equal(total, 1);
});

Deno.test("deleteBacktest() removes a waiting run with its job's work", async () => {
  const { test, ann, request } = await openGround();
  await using _ = test;
  const { id, job_id } = await created(ann, "/api/v1/backtests", { json: request });
  const remove = () => ann.as(`/api/v1/backtests/${id}`, { method: "DELETE" });
  assert.equal((await remove()).status, 204);
  assert.equal((await remove()).status, 404);
  assert.equal((await (await ann.as(`/api/v1/jobs/${job_id}`)).json()).status, "cancelled");
});

Deno.test("A backtest that is not completed has no trades to read yet", async () => {
  const { test, ann, request } = await openGround();
  await using _ = test;
  const { id } = await created(ann, "/api/v1/backtests", { json: request });
  for (const part of ["trades", "trades.csv", "result", "plots"]) {
    const answer = await ann.as(`/api/v1/backtests/${id}/${part}`);
    assert.equal(answer.status, 409, part);
    await answer.body?.cancel();
  }
});
