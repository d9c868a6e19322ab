/** A backtest inside a compute worker: compile, say which candles are wanted, simulate, pack. */
import {
  type BacktestOutcome,
  type BacktestRequest,
  type PackedOutcome,
  prepareBacktest,
  type PreparedBacktest,
  type SeriesCandles,
  startBacktest,
  toExportRun,
  type WantedSeries,
} from "../../api/backtests/run/mod.ts";
import { exportStrategy } from "../../api/backtests/export/mod.ts";
import type { FinishedRun } from "../../api/backtests/service.ts";
import type { StrategyStatistics } from "../../api/backtests/statistics/mod.ts";
import { compileStrategy, runProgram } from "../../api/strategies/compiler/mod.ts";
import type { TaskAnswer, TaskSession, TaskTools } from "./task.ts";

/** A request as it crosses between threads: what is available is data, not a function. */
export interface BacktestOrder extends Omit<BacktestRequest, "available"> {
  readonly available: readonly { readonly pair: string; readonly timeframe: string }[];
}

export interface BacktestWants {
  readonly wanted: readonly WantedSeries[];
  /** Candles of each series that are wanted before the range starts. */
  readonly startupCandles: number;
}

export interface BacktestFeed {
  readonly series: readonly SeriesCandles[];
  /** Where an earlier run of the same request and candles stood. */
  readonly checkpoint: Uint8Array<ArrayBuffer> | null;
}

/** What is kept of a run. */
export interface BacktestReport {
  readonly packed: PackedOutcome;
  readonly summary: FinishedRun["summary"];
  /**
   * freqtrade's statistics without the trades, and without the times of the run, which are the owner's
   * to add. As JSON text, because an object would have to be taken apart and put together between threads.
   */
  readonly figures: string;
  readonly warnings: readonly string[];
}

/** Time steps between two looks at what the owner wants: under a millisecond a pair. */
const SLICE_STEPS = 1_000;

export function openBacktestSession(): TaskSession {
  let prepared: PreparedBacktest | null = null;
  return {
    prepare(input) {
      prepared = prepareBacktest(toRequest(input as BacktestOrder), { compile: compileStrategy });
      const output: BacktestWants = {
        wanted: prepared.wanted,
        startupCandles: prepared.settings.startupCandleCount,
      };
      return { kind: "done", output };
    },
    run(input, tools) {
      if (prepared === null) throw new Error("A backtest ran before it was prepared");
      return simulate(prepared, input as BacktestFeed, tools);
    },
  };
}

function toRequest({ available, ...order }: BacktestOrder): BacktestRequest {
  return {
    ...order,
    available: (timeframe) => [
      ...new Set(
        available.filter((each) => timeframe === null || each.timeframe === timeframe)
          .map(({ pair }) => pair),
      ),
    ],
  };
}

function simulate(
  prepared: PreparedBacktest,
  { series, checkpoint }: BacktestFeed,
  { core, checkIn }: TaskTools,
): TaskAnswer {
  const run = startBacktest(core, prepared, series, { run: runProgram });
  try {
    if (checkpoint !== null) restoreIfPossible(run, checkpoint);
    for (;;) {
      const { done, progress } = run.step(SLICE_STEPS);
      if (done) break;
      if (checkIn(progress, () => run.snapshot()) === "stop") return { kind: "stopped" };
    }
    const outcome = run.outcome();
    const packed = run.pack(outcome);
    const output = reportOf(outcome, packed);
    return { kind: "done", output, transfer: buffersOf(packed) };
  } finally {
    run.dispose();
  }
}

function reportOf(outcome: BacktestOutcome, packed: PackedOutcome): BacktestReport {
  const run = toExportRun(outcome, { startedAt: 0, endedAt: 0, runId: packed.resultHash });
  const { trades: _, backtest_run_start_ts: __, backtest_run_end_ts: ___, ...figures } =
    exportStrategy(run);
  const { statistics, warnings } = outcome;
  return { packed, summary: summarize(statistics), figures: JSON.stringify(figures), warnings };
}

function summarize(
  { holding, drawdown, ...statistics }: StrategyStatistics,
): FinishedRun["summary"] {
  return {
    profitTotal: statistics.profitTotal,
    sharpe: finite(statistics.sharpe),
    sortino: finite(statistics.sortino),
    maxDrawdown: drawdown?.maxDrawdownAccount ?? 0,
    winRate: finite(holding.winrate) ?? 0,
    profitFactor: finite(statistics.profitFactor),
    totalTrades: statistics.totalTrades,
  };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** A snapshot of another version of the engine is no snapshot of this run: then from the start. */
function restoreIfPossible(
  run: ReturnType<typeof startBacktest>,
  checkpoint: Uint8Array<ArrayBuffer>,
): void {
  try {
    run.restore(checkpoint);
  } catch (err) {
    if (!(err instanceof RangeError)) throw err;
  }
}

function buffersOf({ resultBytes, plotBytes }: PackedOutcome): Transferable[] {
  return plotBytes === null ? [resultBytes.buffer] : [resultBytes.buffer, plotBytes.buffer];
}
