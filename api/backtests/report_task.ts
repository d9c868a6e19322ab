/** A report as a thread of its own makes it: everything between the stored bytes and the page. */
import type { CandleColumns } from "../../core-wasm/mod.ts";
import { loadCompiler } from "../strategies/service.ts";
import type { ExportRun } from "./export/mod.ts";
import { openReport, type Report } from "./report/mod.ts";
import { type PlannedRun, toRunRequest } from "./request.ts";
import { decodeTables, unpackResult } from "./results/mod.ts";
import { prepareBacktest, type PreparedBacktest, type WantedSeries } from "./run/mod.ts";
import { strategyStatistics } from "./statistics/mod.ts";

/** What is kept of a run; times in the statistics are seconds. */
export interface ReportOrder {
  readonly plan: PlannedRun;
  readonly code: string;
  readonly className: string | null;
  readonly resultBytes: Uint8Array<ArrayBuffer>;
  readonly resultHash: string;
  /** freqtrade's statistics as JSON. */
  readonly statisticsBytes: Uint8Array<ArrayBuffer>;
  readonly plotBytes: Uint8Array<ArrayBuffer> | null;
}

/** Whose candles the page shows, from when on in epoch milliseconds. */
export interface ReportWants {
  readonly series: readonly WantedSeries[];
  readonly startMs: number;
}

export interface ReportTask extends Pick<Report, "addPair"> {
  readonly wants: ReportWants;
  /** The page as UTF-8. */
  render(): Promise<Uint8Array<ArrayBuffer>>;
}

/** What is read of the stored statistics: all that cannot be computed from the result again. */
interface StoredFigures {
  readonly pairlist: readonly string[];
  readonly market_change: number;
  /** Seconds. */
  readonly backtest_run_start_ts: number;
  readonly backtest_run_end_ts: number;
}

const SECOND_MS = 1_000;

/** Reads the run and says which candles are wanted; a pair without candles may be left out. */
export async function openReportTask(order: ReportOrder): Promise<ReportTask> {
  const compile = await loadCompiler();
  const prepared = prepareBacktest(toRunRequest(order.plan, order), { compile });
  const run = toRun(prepared, order);
  const { compiled } = prepared;
  const plots = order.plotBytes === null ? null : decodeTables(order.plotBytes);
  const report = openReport({ run, plotConfig: compiled.attributes.plotConfig, plots });
  return {
    wants: {
      series: run.pairs.flatMap((pair) =>
        prepared.wanted.find((each) =>
          each.pair === pair && each.timeframe === compiled.timeframe
        ) ?? []
      ),
      startMs: run.result.backtestStart,
    },
    addPair: (pair: string, candles: CandleColumns) => report.addPair(pair, candles),
    render: async () => new TextEncoder().encode(await report.render()),
  };
}

/** The run as it was when it ended; its figures are those of the same trades. */
function toRun(
  { compiled, settings }: PreparedBacktest,
  { resultBytes, statisticsBytes, resultHash }: ReportOrder,
): ExportRun {
  const { result } = unpackResult(resultBytes);
  const figures: StoredFigures = JSON.parse(new TextDecoder().decode(statisticsBytes));
  const statistics = strategyStatistics(result, {
    pairs: figures.pairlist,
    startingBalance: settings.engine.dryRunWallet,
    marketChange: figures.market_change,
    maxOpenTrades: settings.engine.maxOpenTrades,
  });
  return {
    strategyName: compiled.className,
    result,
    statistics,
    settings,
    pairs: figures.pairlist,
    startedAt: figures.backtest_run_start_ts * SECOND_MS,
    endedAt: figures.backtest_run_end_ts * SECOND_MS,
    runId: resultHash,
  };
}
