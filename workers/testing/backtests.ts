/** A strategy over the simulated market, submitted by a user of a test app. */
import assert from "node:assert/strict";
import { SCOPES } from "../../api/auth/scopes.ts";
import { importSimulatedMarket } from "../../api/market/service.ts";
import { createCtx, type Platform, systemActor } from "../../api/platform/context.ts";
import type { TestUser } from "../../api/testing.ts";

const CODE = `import talib.abstract as ta
from freqtrade.strategy import IStrategy


class Dips(IStrategy):
    timeframe = "5m"
    minimal_roi = {"0": 0.01}
    stoploss = -0.02
    startup_candle_count = 30

    def populate_indicators(self, dataframe, metadata):
        dataframe["rsi"] = ta.RSI(dataframe, timeperiod=14)
        return dataframe

    def populate_entry_trend(self, dataframe, metadata):
        dataframe.loc[dataframe["rsi"] < 35, "enter_long"] = 1
        return dataframe

    def populate_exit_trend(self, dataframe, metadata):
        dataframe.loc[dataframe["rsi"] > 70, "exit_long"] = 1
        return dataframe
`;

export async function importMarket(platform: Platform): Promise<void> {
  const { signal } = new AbortController();
  await importSimulatedMarket(createCtx(platform, { actor: systemActor(SCOPES), signal }));
}

/** Whoever can send requests as somebody. */
export type BacktestUser = Pick<TestUser, "as">;

/** Stores the strategy and submits a backtest, of five months; answers ids of backtest and job. */
export async function submitBacktest(
  user: BacktestUser,
  endDate = "2024-06-30",
): Promise<{ id: string; job_id: string }> {
  const strategy = { name: `Dips ${crypto.randomUUID().slice(0, 8)}`, code: CODE };
  const created = await user.as("/api/v1/strategies", { json: strategy });
  const answer = await user.as("/api/v1/backtests", {
    json: {
      strategy_id: (await created.json()).id,
      symbols: ["BTC/USDT", "ETH/USDT"],
      start_date: "2024-02-01",
      end_date: endDate,
      config: { initial_capital: "1000", mode: "PERCENT_EQUITY" },
    },
  });
  const body = await answer.json();
  assert.equal(answer.status, 201, JSON.stringify(body));
  return body;
}
