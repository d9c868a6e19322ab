import assert from "node:assert/strict";
import type { CandleColumns } from "../../core-wasm/mod.ts";
import { renderApart } from "./render_apart.ts";
import type { ReportOrder } from "./report_task.ts";
import { openReport } from "./report/mod.ts";
import {
  makeSyntheticRun,
  SYNTHETIC_PLOTS,
  type SyntheticRun,
} from "./report/testing/synthetic.ts";
import { encodeTables, packResult } from "./results/mod.ts";

/** Work of this thread between two turns of its loop; a long read yields at least so often. */
const WORK_MS_MAX = 5;
/** The best of so many counts: a collection of garbage of the tests before may come in between. */
const ATTEMPTS = 3;
/** Linux tells a thread how long it has run, in nanoseconds: other programs do not count. */
const RUN_TIME = "/proc/thread-self/schedstat";

const CODE = `from freqtrade.strategy import IStrategy


class TrendRider(IStrategy):
    timeframe = "5m"
    minimal_roi = {}
    stoploss = -0.1
    plot_config = ${JSON.stringify(SYNTHETIC_PLOTS)}

    def populate_indicators(self, dataframe, metadata):
        return dataframe

    def populate_entry_trend(self, dataframe, metadata):
        dataframe.loc[dataframe["close"] < 0, "enter_long"] = 1
        return dataframe

    def populate_exit_trend(self, dataframe, metadata):
        return dataframe
`;

function orderOf({ run, plots }: SyntheticRun): ReportOrder {
  const figures = {
    pairlist: run.pairs,
    market_change: 0.1234,
    backtest_run_start_ts: run.startedAt / 1_000,
    backtest_run_end_ts: run.endedAt / 1_000,
  };
  return {
    plan: {
      symbols: run.pairs,
      pairs: run.pairs,
      markets: {},
      timeframe: "5m",
      startMs: null,
      endMs: null,
      className: null,
      exchange: null,
      dataset: null,
      costs: { commission_rate: null, slippage_model: "none", slippage: "0" },
      parameters: null,
      config: { dry_run_wallet: 10_000, stake_amount: 1_000, max_open_trades: 3 },
    },
    code: CODE,
    className: "TrendRider",
    resultBytes: packResult(run.result, []),
    resultHash: run.runId,
    statisticsBytes: new TextEncoder().encode(JSON.stringify(figures)),
    plotBytes: encodeTables(plots),
  };
}

function seriesOf({ series }: SyntheticRun, pair: string): Promise<CandleColumns> {
  return Promise.resolve(structuredClone(series.get(pair) ?? assert.fail(pair)));
}

function hasRunTime(): boolean {
  try {
    return Deno.statSync(RUN_TIME).isFile;
  } catch {
    return false;
  }
}

/** Milliseconds that this thread has run. */
function runTime(): number {
  return Number(Deno.readTextFileSync(RUN_TIME).split(" ")[0]) / 1e6;
}

/** How long this thread worked between two turns of its event loop, at most, beside `work`. */
async function longestTurn(work: () => Promise<void>): Promise<number> {
  let longest = 0;
  let before = runTime();
  const timer = setInterval(() => {
    const now = runTime();
    longest = Math.max(longest, now - before);
    before = now;
  }, 1);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return longest;
}

Deno.test("renderApart() gives the page that openReport() gives here", async () => {
  const synthetic = makeSyntheticRun({ candles: 2_000, trades: 40, pairs: ["BTC/USDT", "A/USDT"] });
  const order = orderOf(synthetic);
  const { signal } = new AbortController();
  const page = await renderApart(order, {
    load: ({ pair }) => seriesOf(synthetic, pair),
    signal,
  });
  const { series, ...input } = synthetic;
  const report = openReport(input);
  for (const [pair, candles] of series) await report.addPair(pair, candles);
  const expected = await report.render();
  const bodyOf = (text: string) => /<section[^]*/.exec(text)?.[0] ?? "";
  assert.ok(bodyOf(expected).length > 1_000);
  assert.equal(bodyOf(new TextDecoder().decode(page)), bodyOf(expected));
});

Deno.test({
  name: "renderApart() does not work here for a page of a million candles (needs Linux)",
  ignore: !hasRunTime(),
  fn: async () => {
    const synthetic = makeSyntheticRun({ candles: 1_000_000, trades: 10_000 });
    const order = orderOf(synthetic);
    const { signal } = new AbortController();
    let best = Infinity;
    for (let attempt = 0; attempt < ATTEMPTS && best > WORK_MS_MAX; attempt++) {
      const given = structuredClone(order);
      const candles = await seriesOf(synthetic, "BTC/USDT");
      const longest = await longestTurn(async () => {
        const page = await renderApart(given, { load: () => Promise.resolve(candles), signal });
        assert.ok(page.length > 1_000_000 && page.length <= 3_000_000, `${page.length} bytes`);
      });
      best = Math.min(best, longest);
    }
    assert.ok(best <= WORK_MS_MAX, `${best} ms`);
  },
});

Deno.test("renderApart() ends its thread when the caller is gone, and fails as the thread does", async () => {
  const synthetic = makeSyntheticRun({ candles: 500, trades: 5 });
  const gone = new AbortController();
  const left = renderApart(orderOf(synthetic), {
    load: () => {
      gone.abort(new DOMException("gone", "AbortError"));
      return seriesOf(synthetic, "BTC/USDT");
    },
    signal: gone.signal,
  });
  await assert.rejects(left, { name: "AbortError" });
  const broken = { ...orderOf(synthetic), resultBytes: new Uint8Array(8) };
  const { signal } = new AbortController();
  await assert.rejects(
    renderApart(broken, { load: ({ pair }) => seriesOf(synthetic, pair), signal }),
    /Cannot make the report/,
  );
});
