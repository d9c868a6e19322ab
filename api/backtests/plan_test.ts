import assert from "node:assert/strict";
import { AppError } from "../platform/errors.ts";
import { planBacktest } from "./plan.ts";
import { createBacktestBody } from "./schema.ts";

const ID = "0199c3a0-5f6e-7c1a-9c66-1f0a2b3c4d5e";

/** The request as the platform's document shows it. */
const DOCUMENTED = {
  strategy_id: ID,
  symbol: "BTCUSDT",
  start_date: "2025-01-01T00:00:00Z",
  end_date: "2025-12-01T00:00:00Z",
  config: {
    initial_capital: 10000.00,
    mode: "PERCENT_EQUITY",
    commission_rate: 0.001,
    slippage_model: "FIXED",
  },
};

function planOf(change: Record<string, unknown> = {}, config: Record<string, unknown> = {}) {
  const body = { ...DOCUMENTED, ...change, config: { ...DOCUMENTED.config, ...config } };
  return planBacktest(createBacktestBody.parse(body));
}

function refusal(config: Record<string, unknown>) {
  try {
    planOf({}, config);
  } catch (err) {
    assert.ok(err instanceof AppError);
    return { status: err.status, code: err.code, loc: err.problems?.[0]?.loc };
  }
  assert.fail("nothing was refused");
}

Deno.test("planBacktest() takes the documented request as it stands", () => {
  assert.deepEqual(planOf(), {
    symbols: ["BTCUSDT"],
    exchange: null,
    dataset: null,
    timeframe: null,
    startMs: Date.UTC(2025, 0, 1),
    endMs: Date.UTC(2025, 11, 1),
    className: null,
    parameters: null,
    config: { dry_run_wallet: 10000, stake_amount: "unlimited", fee: 0.001, max_open_trades: 1 },
    costs: { commission_rate: "0.001", slippage_model: "FIXED", slippage: "0" },
  });
});

Deno.test("planBacktest() lets documented settings win over freqtrade's keys", () => {
  const { config } = planOf({}, { freqtrade: { fee: 0.5, stoploss: -0.2 }, max_open_trades: -1 });
  assert.equal(config.fee, 0.001);
  assert.equal(config.stoploss, -0.2);
  assert.equal(config.max_open_trades, -1);
});

Deno.test("planBacktest() refuses a sizing mode the engine does not have", () => {
  assert.deepEqual(refusal({ mode: "KELLY" }), {
    status: 422,
    code: "UNSUPPORTED_OPTION",
    loc: ["body", "config", "mode"],
  });
});

Deno.test("planBacktest() refuses slippage that would change the result", () => {
  assert.equal(refusal({ slippage_model: "VOLUME" }).code, "UNSUPPORTED_OPTION");
  assert.deepEqual(refusal({ slippage: "0.0005" }).loc, ["body", "config", "slippage"]);
});

Deno.test("planBacktest() wants a stake for mode FIXED", () => {
  assert.deepEqual(refusal({ mode: "FIXED" }).loc, ["body", "config", "stake_amount"]);
  assert.equal(planOf({}, { mode: "FIXED", stake_amount: "100" }).config.stake_amount, 100);
});

Deno.test("planBacktest() refuses a time range that ends before it starts", () => {
  assert.throws(() => planOf({ end_date: "2024-01-01" }), /after start_date/);
});

Deno.test("A backtest's fee of -1 or above a half is refused by name", () => {
  for (const commission_rate of [-1, "0.6"]) {
    const body = { ...DOCUMENTED, config: { commission_rate } };
    const parsed = createBacktestBody.safeParse(body);
    assert.deepEqual(parsed.error?.issues[0]?.path, ["config", "commission_rate"]);
  }
});

Deno.test("A backtest names one symbol or several, not both", () => {
  const both = createBacktestBody.safeParse({ ...DOCUMENTED, symbols: ["ETHUSDT"] });
  const none = createBacktestBody.safeParse({ strategy_id: ID });
  assert.equal(both.success, false);
  assert.equal(none.success, false);
});
