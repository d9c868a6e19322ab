/** Files in, a report out: what `deno task backtest` does, over the verb the queued worker runs. */
import type { CoreMemory } from "../../core-wasm/mod.ts";
import {
  checkConfig,
  type CheckedConfig,
  checkMarkets,
  parseRelaxedJson,
} from "../backtests/config/mod.ts";
import { exportBacktest, exportMetadata, type ExportRun } from "../backtests/export/mod.ts";
import { openReport } from "../backtests/report/mod.ts";
import { unpackPlots } from "../backtests/results/mod.ts";
import {
  type PackedOutcome,
  prepareBacktest,
  type PreparedBacktest,
  runBacktest,
  type SeriesCandles,
  type StrategyTools,
  toExportRun,
} from "../backtests/run/mod.ts";
import { parseTimerange } from "../market/candles/mod.ts";
import { AppError } from "../platform/errors.ts";
import type { BacktestArguments } from "./backtest_arguments.ts";
import { type CandleStock, openCandleStock } from "./candle_stock.ts";
import type { ProgressBar } from "./progress_bar.ts";
import { renderReport } from "./tables.ts";
import { readTextFile, type Terminal } from "./usage.ts";

/** Candles simulated between two looks at the progress bar. */
const SLICE_STEPS = 20_000;

export interface BacktestParts {
  readonly core: CoreMemory;
  readonly tools: StrategyTools;
  readonly terminal: Terminal;
  readonly now: () => number;
  readonly openBar: (label: string) => ProgressBar;
}

/** Runs the backtest, prints its report and writes the export asked for. */
export async function backtestFiles(
  given: BacktestArguments,
  { core, tools, terminal, now, openBar }: BacktestParts,
): Promise<void> {
  const startedAt = now();
  const stock = await openCandleStock(given.candles);
  const { config, warnings } = await readConfig(given);
  const prepared = prepareBacktest(await toRequest(given, config, stock), tools);
  const series = await readSeries(prepared, stock);
  for (const line of [...warnings, ...prepared.warnings, ...stock.warnings()]) terminal.err(line);
  const bar = openBar(prepared.compiled.className);
  const { outcome, packed } = runShowing(
    bar,
    (onProgress) =>
      runBacktest(core, prepared, series, { tools, sliceSteps: SLICE_STEPS, onProgress }),
  );
  const run = toExportRun(outcome, { startedAt, endedAt: now(), runId: packed.resultHash });
  terminal.out(renderReport([run]));
  terminal.out(`Result hash ${packed.resultHash}`);
  if (given.json !== null) await writeExport(given.json, run);
  if (given.html !== null) {
    await Deno.writeTextFile(given.html, await renderPage(run, { prepared, packed, series }));
  }
}

async function renderPage(
  run: ExportRun,
  { prepared, packed, series }: {
    prepared: PreparedBacktest;
    packed: PackedOutcome;
    series: readonly SeriesCandles[];
  },
): Promise<string> {
  const { plotConfig } = prepared.compiled.attributes;
  const plots = packed.plotBytes === null ? null : unpackPlots(packed.plotBytes);
  const report = openReport({ run, plotConfig, plots });
  for (const pair of run.pairs) {
    const own = series.find((each) =>
      each.pair === pair && each.timeframe === run.settings.timeframe
    );
    if (own !== undefined) await report.addPair(pair, own.candles);
  }
  return await report.render();
}

function runShowing<T>(
  bar: ProgressBar,
  run: (onProgress: (at: { progress: number }) => void) => T,
): T {
  try {
    return run(({ progress }) => bar.show(progress));
  } finally {
    bar.stop();
  }
}

async function toRequest(
  given: BacktestArguments,
  config: CheckedConfig["config"],
  stock: CandleStock,
) {
  return {
    source: await readTextFile(given.strategy),
    className: given.className,
    config,
    markets: given.markets === null ? {} : checkMarkets(await readJson(given.markets)),
    parameterFile: await readParameterFile(given.strategy),
    pairs: given.pairs,
    available: (timeframe: string | null) => stock.pairs(timeframe, "spot"),
    range: readRange(config.timerange ?? ""),
  };
}

/** The configuration file with what the command line says in its place. */
async function readConfig(given: BacktestArguments): Promise<CheckedConfig> {
  const file = given.config === null ? {} : await readJson(given.config);
  const { timeframe, timerange } = given;
  const overrides = {
    ...(timeframe === null ? {} : { timeframe }),
    ...(timerange === null ? {} : { timerange }),
  };
  if (typeof file !== "object" || file === null || Array.isArray(file)) return checkConfig(file);
  return checkConfig({ ...file, ...overrides });
}

function readRange(text: string): { start: number | null; stop: number | null } {
  try {
    const { start, stop } = parseTimerange(text);
    return { start: start ?? null, stop: stop ?? null };
  } catch (err) {
    if (!(err instanceof RangeError)) throw err;
    throw new AppError("VALIDATION_ERROR", err.message, { cause: err });
  }
}

/** freqtrade's `STRATEGY.json` beside `STRATEGY.py`. */
async function readParameterFile(strategyPath: string): Promise<unknown> {
  const path = strategyPath.replace(/\.[^./\\]+$/, "") + ".json";
  try {
    return parseRelaxedJson(await Deno.readTextFile(path), path);
  } catch (err) {
    if (err instanceof Deno.errors.NotFound) return null;
    throw err;
  }
}

async function readSeries(
  { wanted }: PreparedBacktest,
  stock: CandleStock,
): Promise<SeriesCandles[]> {
  const series: SeriesCandles[] = [];
  for (const each of wanted) {
    const candles = await stock.read(each);
    if (candles !== null) series.push({ ...each, candles });
  }
  return series;
}

/** The export, and beside it the metadata file freqtrade looks for. */
async function writeExport(path: string, run: ExportRun): Promise<void> {
  await Deno.writeTextFile(path, JSON.stringify(exportBacktest([run])));
  await Deno.writeTextFile(metadataPath(path), JSON.stringify(exportMetadata([run])));
}

export function metadataPath(path: string): string {
  const [, stem = path, suffix = ""] = /^(.*?[^/\\])(\.[^./\\]*)?$/.exec(path) ?? [];
  return `${stem}.meta${suffix}`;
}

async function readJson(path: string): Promise<unknown> {
  return parseRelaxedJson(await readTextFile(path), path);
}
