/**
 * One backtest from a strategy's text to its statistics: the same verb for a worker and a command line.
 *
 * `prepareBacktest` compiles and says which candles are wanted; the caller reads them; `runBacktest`
 * simulates at once, `startBacktest` in slices that can be snapshotted and cancelled between them.
 * Nothing here reads a file, a clock or a database. Refusals throw an AppError: `STRATEGY_REFUSED` (its
 * details hold every refusal), `VALIDATION_ERROR`, `UNSUPPORTED_OPTION`, `NO_CANDLES`.
 *
 * @module
 */
import { createEngine, type Engine, type EngineProgress } from "../../../core-wasm/mod.ts";
import type { CoreMemory } from "../../../core-wasm/memory.ts";
import { sha256Hex } from "../../platform/encoding.ts";
import type { ExportRun } from "../export/mod.ts";
import { candlesDigest, packPlots, packResult } from "../results/mod.ts";
import { makeSignals, type SignalledPairs } from "./signals.ts";
import { marketChange, strategyStatistics } from "../statistics/mod.ts";
import type {
  BacktestOutcome,
  PackedOutcome,
  PreparedBacktest,
  SeriesCandles,
  StrategyTools,
} from "./types.ts";

export { prepareBacktest } from "./prepare.ts";
export type * from "./types.ts";

/** A run that is advanced in slices. */
export interface BacktestRun {
  /** Simulates at most `maxSteps` candles; how a run is sliced never changes its result. */
  step(maxSteps: number): EngineProgress;
  /** The simulation's state, for a run started from the same request and candles. */
  snapshot(): Uint8Array<ArrayBuffer>;
  restore(snapshot: Uint8Array): void;
  /** Throws before `step` answered `done`. */
  outcome(): BacktestOutcome;
  /** What is kept of the outcome. */
  pack(outcome: BacktestOutcome): PackedOutcome;
  /** Gives the core's memory back. */
  dispose(): void;
}

/** Computes indicators and signals and sets the engine up. Throws an AppError without candles. */
export function startBacktest(
  core: CoreMemory,
  prepared: PreparedBacktest,
  series: readonly SeriesCandles[],
  tools: Pick<StrategyTools, "run">,
): BacktestRun {
  const signalled = makeSignals(core, prepared, series, tools);
  const { pairs, strings } = signalled;
  const engine = createEngine(core, { config: prepared.settings.engine, pairs, strings });
  return {
    step: (maxSteps) => engine.step(maxSteps),
    snapshot: () => engine.snapshot(),
    restore: (snapshot) => engine.restore(snapshot),
    outcome: () => toOutcome(prepared, signalled, engine),
    pack: (outcome) => packOutcome(outcome, signalled),
    dispose: () => engine.dispose(),
  };
}

/** Runs to the end; `onProgress` is called between slices of `sliceSteps` candles. */
export function runBacktest(
  core: CoreMemory,
  prepared: PreparedBacktest,
  series: readonly SeriesCandles[],
  options: {
    readonly tools: Pick<StrategyTools, "run">;
    readonly sliceSteps?: number;
    readonly onProgress?: (progress: EngineProgress) => void;
  },
): { readonly outcome: BacktestOutcome; readonly packed: PackedOutcome } {
  const run = startBacktest(core, prepared, series, options.tools);
  try {
    for (let done = false; !done;) {
      const progress = run.step(options.sliceSteps ?? Number.MAX_SAFE_INTEGER);
      options.onProgress?.(progress);
      done = progress.done;
    }
    const outcome = run.outcome();
    return { outcome, packed: run.pack(outcome) };
  } finally {
    run.dispose();
  }
}

/** An outcome as the exports and reports take it; the times are the caller's clock's. */
export function toExportRun(
  outcome: BacktestOutcome,
  run: { readonly startedAt: number; readonly endedAt: number; readonly runId: string },
): ExportRun {
  return { ...outcome, ...run };
}

function toOutcome(
  { compiled, settings, warnings }: PreparedBacktest,
  { pairs }: SignalledPairs,
  engine: Engine,
): BacktestOutcome {
  const result = engine.result();
  const names = pairs.map((pair) => pair.market.pair);
  const statistics = strategyStatistics(result, {
    pairs: names,
    startingBalance: settings.engine.dryRunWallet,
    marketChange: marketChange(pairs, result.backtestStart),
    maxOpenTrades: settings.engine.maxOpenTrades,
  });
  return { strategyName: compiled.className, settings, pairs: names, result, statistics, warnings };
}

function packOutcome(
  { result }: BacktestOutcome,
  { plots, strings, seen }: SignalledPairs,
): PackedOutcome {
  const inputs = seen.map(({ series: { pair, timeframe }, candles }) => {
    const { date, open, high, low, close, volume } = candles;
    return { pair, timeframe, sha256: candlesDigest([date, open, high, low, close, volume]) };
  });
  const resultBytes = packResult(result, inputs);
  return {
    resultBytes,
    resultHash: sha256Hex(resultBytes),
    plotBytes: plots.length === 0 ? null : packPlots(plots, strings),
    inputs,
  };
}
