import assert from "node:assert/strict";
import { CoreMemory, readCoreModule } from "../../core-wasm/mod.ts";
import {
  prepareBacktest,
  runBacktest,
  type SeriesCandles,
  type WantedSeries,
} from "../../api/backtests/run/mod.ts";
import { simulateMarket } from "../../api/market/simulated.ts";
import { sha256Hex } from "../../api/platform/encoding.ts";
import { AppError } from "../../api/platform/errors.ts";
import { compileStrategy, runProgram } from "../../api/strategies/compiler/mod.ts";
import { JobStopped } from "../handler.ts";
import type { BacktestOrder } from "./backtest_task.ts";
import { ComputePool } from "./pool.ts";
import { computeBacktest } from "./run_backtest.ts";

const SOURCE = `
import talib.abstract as ta
from freqtrade.strategy import IStrategy


class Crossing(IStrategy):
    timeframe = "5m"
    minimal_roi = {"0": 0.02}
    stoploss = -0.02
    startup_candle_count = 30

    def populate_indicators(self, dataframe, metadata):
        dataframe["fast"] = ta.EMA(dataframe, timeperiod=8)
        dataframe["slow"] = ta.EMA(dataframe, timeperiod=21)
        return dataframe

    def populate_entry_trend(self, dataframe, metadata):
        dataframe.loc[dataframe["fast"] > dataframe["slow"], "enter_long"] = 1
        return dataframe

    def populate_exit_trend(self, dataframe, metadata):
        dataframe.loc[dataframe["fast"] < dataframe["slow"], "exit_long"] = 1
        return dataframe
`;

const MARKET = simulateMarket();

const ORDER: BacktestOrder = {
  source: SOURCE,
  className: null,
  config: { stake_currency: "USDT", stake_amount: 100, dry_run_wallet: 1_000, max_open_trades: 2 },
  markets: {},
  parameterFile: null,
  pairs: null,
  range: { start: null, stop: null },
  available: MARKET.map(({ pair, timeframe }) => ({ pair, timeframe })),
};

/** Columns of their own at each reading: they move to the worker. */
function readSeries({ wanted }: { wanted: readonly WantedSeries[] }): Promise<SeriesCandles[]> {
  return Promise.resolve(wanted.flatMap((each): SeriesCandles[] => {
    const found = MARKET.find(({ pair, timeframe }) =>
      pair === each.pair && timeframe === each.timeframe
    );
    if (found === undefined) return [];
    const { time: date, ...columns } = structuredClone(found.candles);
    return [{ ...each, candles: { date, ...columns } }];
  }));
}

async function expectedHash(): Promise<string> {
  const prepared = prepareBacktest(
    { ...ORDER, available: () => ["BTC/USDT", "ETH/USDT"] },
    { compile: compileStrategy },
  );
  const { packed } = runBacktest(
    new CoreMemory(await readCoreModule()),
    prepared,
    await readSeries(prepared),
    { tools: { run: runProgram } },
  );
  return packed.resultHash;
}

function ignore(): void {}

Deno.test("computeBacktest() computes in a worker without permissions what the command line computes", async () => {
  const pool = new ComputePool({ size: 1 });
  try {
    const progress: number[] = [];
    const report = await computeBacktest(pool, ORDER, {
      readSeries,
      checkpoint: null,
      tools: {
        signal: new AbortController().signal,
        report: ({ ratio }) => void progress.push(ratio),
        save: () => Promise.resolve(),
      },
    });
    assert.equal(report?.packed.resultHash, await expectedHash());
    assert.ok((report?.summary.totalTrades ?? 0) > 100);
    assert.equal(progress.at(-1), 1);
  } finally {
    pool.close();
  }
});

Deno.test("computeBacktest() stopped again and again comes to the same result from its snapshots", async () => {
  const pool = new ComputePool({ size: 1 });
  try {
    const saved: Uint8Array<ArrayBuffer>[] = [];
    for (let run = 1;; run++) {
      const stop = new AbortController();
      const report = await computeBacktest(pool, ORDER, {
        readSeries: (wants) => {
          if (run < 4) stop.abort(new JobStopped("slice"));
          return readSeries(wants);
        },
        checkpoint: saved.at(-1) ?? null,
        tools: {
          signal: stop.signal,
          report: ignore,
          save: (bytes) => {
            saved.push(bytes);
            return Promise.resolve();
          },
        },
      });
      if (report === null) continue;
      assert.equal(run, 4);
      assert.equal(new Set(saved.map((bytes) => sha256Hex(bytes))).size, 3);
      assert.equal(report.packed.resultHash, await expectedHash());
      break;
    }
  } finally {
    pool.close();
  }
});

Deno.test("computeBacktest() refuses a strategy with its place, as AppError", async () => {
  const pool = new ComputePool({ size: 1 });
  try {
    const source = SOURCE.replace("ta.EMA(dataframe, timeperiod=8)", "open('/etc/passwd').read()");
    const tools = {
      signal: new AbortController().signal,
      report: ignore,
      save: () => Promise.resolve(),
    };
    const refused = computeBacktest(pool, { ...ORDER, source }, {
      readSeries,
      checkpoint: null,
      tools,
    });
    await assert.rejects(refused, (err) => {
      assert.ok(err instanceof AppError);
      assert.equal(err.code, "STRATEGY_REFUSED");
      assert.match(err.message, /line 13/);
      return true;
    });
  } finally {
    pool.close();
  }
});
