import assert from "node:assert/strict";
import { buildCore } from "../../../core-wasm/build.ts";
import { CoreMemory, readCoreModule } from "../../../core-wasm/mod.ts";
import { compileStrategy, runProgram } from "../../strategies/compiler/mod.ts";
import { checkConfig } from "../config/mod.ts";
import { exportBacktest } from "../export/mod.ts";
import { assertSameExport, throughJson } from "../export/testdata/assert_export.ts";
import { unpackPlots, unpackResult } from "../results/mod.ts";
import {
  type BacktestRequest,
  prepareBacktest,
  runBacktest,
  type SeriesCandles,
  startBacktest,
  toExportRun,
} from "./mod.ts";
import { plottedColumns } from "./signals.ts";
import { readRunGoldens } from "./testdata/read_runs.ts";

await buildCore();
const module = await readCoreModule();
const core = new CoreMemory(module);
const tools = { compile: compileStrategy, run: runProgram };
const goldens = await readRunGoldens();

function goldenNamed(name: string) {
  const golden = goldens.runs.find((run) => run.name === name);
  assert.ok(golden, name);
  return golden;
}

const shared = goldenNamed("slots and wallet shared by four pairs");

function run(
  request: BacktestRequest,
  change: (series: SeriesCandles[]) => SeriesCandles[] = same,
) {
  const prepared = prepareBacktest(request, tools);
  return runBacktest(core, prepared, change(goldens.seriesFor(prepared)), { tools });
}

function same(series: SeriesCandles[]): SeriesCandles[] {
  return series;
}

function assertRefused(change: Partial<BacktestRequest>, code: string, text: RegExp): void {
  assert.throws(() => run({ ...shared.request, ...change }), (err: unknown) => {
    const { code: actual, message } = err as { code: string; message: string };
    assert.equal(actual, code, message);
    assert.match(message, text);
    return true;
  });
}

for (const golden of goldens.runs) {
  Deno.test(`runBacktest() exports what freqtrade exports: ${golden.name}`, () => {
    const { outcome } = run(golden.request);
    const exported = throughJson(
      exportBacktest([toExportRun(outcome, { startedAt: 0, endedAt: 0, runId: "" })]),
    );
    const own = comparable(exported.strategy as Record<string, Record<string, unknown>>);
    const { strategy, strategy_comparison } = golden.expected;
    assert.ok(outcome.result.trades.length >= 20);
    assertSameExport(own, comparable(strategy), golden.name);
    assertSameExport(exported.strategy_comparison, strategy_comparison, golden.name);
  });
}

Deno.test("startBacktest() gives the same result in slices, across a snapshot and at once", () => {
  const prepared = prepareBacktest(shared.request, tools);
  const series = goldens.seriesFor(prepared);
  const whole = runBacktest(core, prepared, series, { tools }).packed;
  const first = startBacktest(core, prepared, series, tools);
  for (let slice = 0; slice < 7; slice++) assert.equal(first.step(37).done, false);
  const snapshot = first.snapshot();
  first.dispose();
  const second = startBacktest(new CoreMemory(module), prepared, series, tools);
  second.restore(snapshot);
  while (!second.step(53).done);
  assert.equal(second.pack(second.outcome()).resultHash, whole.resultHash);
  second.dispose();
});

Deno.test("runBacktest() leaves the core's memory as it found it", () => {
  const mark = core.mark();
  run(shared.request);
  assert.equal(core.mark(), mark);
});

Deno.test("the result hash tells candles apart that differ in one close", () => {
  const moved = run(shared.request, (series) =>
    series.map((each, index) => {
      if (index > 0) return each;
      const close = each.candles.close.slice();
      close[close.length - 1] = (close[close.length - 1] ?? NaN) - 0.01;
      return { ...each, candles: { ...each.candles, close } };
    }));
  assert.notEqual(moved.packed.resultHash, run(shared.request).packed.resultHash);
});

Deno.test("the result hash does not depend on candles that the range leaves out", () => {
  const [first] = goldens.seriesFor(prepareBacktest(shared.request, tools));
  const dates = first?.candles.date ?? new Float64Array();
  const range = { start: dates[500] ?? NaN, stop: dates[dates.length - 100] ?? NaN };
  const request = { ...shared.request, range };
  const { startupCandleCount, engine } = prepareBacktest(request, tools).settings;
  const earliest = range.start - startupCandleCount * engine.timeframeMs;
  const cut = run(request, (series) =>
    series.map(({ candles, ...each }) => {
      const isKept = (_: number, row: number) => {
        const date = candles.date[row] ?? NaN;
        return date >= earliest && date <= range.stop;
      };
      const { date, open, high, low, close, volume } = candles;
      return {
        ...each,
        candles: {
          date: date.filter(isKept),
          open: open.filter(isKept),
          high: high.filter(isKept),
          low: low.filter(isKept),
          close: close.filter(isKept),
          volume: volume.filter(isKept),
        },
      };
    }));
  const { packed } = run(request);
  assert.equal(cut.packed.resultHash, packed.resultHash);
  assert.notEqual(packed.resultHash, run(shared.request).packed.resultHash);
});

Deno.test("a packed outcome holds the result and the columns the strategy plots", () => {
  const { outcome, packed } = run(shared.request);
  const { result, inputs } = unpackResult(packed.resultBytes);
  assert.deepEqual(structuredClone(result), structuredClone(outcome.result));
  assert.deepEqual(inputs.map(({ pair }) => pair), outcome.pairs);
  assert.ok(packed.plotBytes);
  const { tables } = unpackPlots(packed.plotBytes);
  assert.deepEqual(tables.map(({ name }) => name), outcome.pairs);
  const names = tables[0]?.columns.map(({ name }) => name).sort();
  assert.deepEqual(names, ["date", "ema_fast", "ema_slow", "rsi"]);
});

Deno.test("plottedColumns() finds names in every layout of plot_config, each once", () => {
  const config = {
    main_plot: { a: {}, b: { fill_to: "c" } },
    subplots: { one: { d: { color: "red" } }, two: { a: {} } },
  };
  assert.deepEqual(plottedColumns(config), ["a", "b", "c", "d"]);
  assert.deepEqual(plottedColumns(null), []);
  assert.deepEqual(plottedColumns({ main_plot: {} }), []);
});

Deno.test("prepareBacktest() refuses a strategy with the place of the first refusal", () => {
  const source = shared.source.replace("ta.EMA(dataframe, timeperiod=8)", "ta.NOPE(dataframe)");
  assertRefused({ source }, "STRATEGY_REFUSED", /line 32, column \d+: .*NOPE/);
  assertRefused({ source: `${shared.source}\n)` }, "STRATEGY_REFUSED", /line \d+, column \d+/);
  assertRefused({ className: "Other" }, "STRATEGY_REFUSED", /"Other"/);
});

Deno.test("a run without the candles it needs says which and why", () => {
  assertRefused(
    { pairs: ["AAA/USDT", "ZZZ/USDT"] },
    "NO_CANDLES",
    /"ZZZ\/USDT": it has no 1h candles/,
  );
  const { config } = checkConfig({ ...shared.request.config, timerange: "20300101-" });
  const range = { start: Date.UTC(2030, 0, 1), stop: null };
  assertRefused({ config, range }, "NO_CANDLES", /timerange "20300101-"/);
  const startup = { ...shared.request.config, startup_candle_count: 5000 };
  assertRefused({ config: startup }, "NO_CANDLES", /5000 startup candles/);
});

/** The run's own times are the caller's; one strategy, under no name. */
function comparable(strategies: Record<string, Record<string, unknown>>) {
  const [figures = {}] = Object.values(strategies);
  const { backtest_run_start_ts: _, backtest_run_end_ts: __, ...rest } = figures;
  return rest;
}
