/** A backtest on a compute worker, on behalf of a job. */
import type { SeriesCandles } from "../../api/backtests/run/mod.ts";
import { JobStopped, type JobTools } from "../handler.ts";
import type {
  BacktestFeed,
  BacktestOrder,
  BacktestReport,
  BacktestWants,
} from "./backtest_task.ts";
import type { ComputePool } from "./pool.ts";
import { type ComputeSession, STOPPED } from "./session.ts";

export interface ComputeBacktest {
  /** Reads what the compiled strategy wants, as columns that may move to the worker. */
  readonly readSeries: (wants: BacktestWants) => Promise<readonly SeriesCandles[]>;
  /** What an earlier run of the same order and candles saved. */
  readonly checkpoint: Uint8Array<ArrayBuffer> | null;
  readonly tools: Pick<JobTools, "signal" | "report" | "save">;
  readonly snapshotEveryMs?: number;
}

/**
 * Compiles, reads, simulates and packs; saves as it goes.
 *
 * @returns null when the job was asked to stop: what was reached is saved unless it was cancelled.
 * @throws AppError STRATEGY_REFUSED, VALIDATION_ERROR, UNSUPPORTED_OPTION, NO_CANDLES.
 */
export async function computeBacktest(
  pool: ComputePool,
  order: BacktestOrder,
  options: ComputeBacktest,
): Promise<BacktestReport | null> {
  const { tools: { signal } } = options;
  return await pool.use((session) => runOn(session, order, options), signal);
}

async function runOn(
  session: ComputeSession,
  order: BacktestOrder,
  { readSeries, checkpoint, tools, snapshotEveryMs }: ComputeBacktest,
): Promise<BacktestReport | null> {
  const { signal, report, save } = tools;
  const prepared = await session.call("prepare", order, { signal });
  if (prepared === STOPPED) return null;
  const series = await readSeries(prepared as BacktestWants);
  // A job that only has to yield still goes one slice on: every run of it gets further.
  if (!goesOnLater(signal.reason)) signal.throwIfAborted();
  const feed: BacktestFeed = { series, checkpoint };
  const answer = await session.call("run", feed, {
    transfer: buffersOf(series),
    onProgress: (ratio) => report({ ratio }),
    onSnapshot: save,
    snapshotEveryMs,
    signal,
    stopBy: () => goesOnLater(signal.reason) ? "yield" : "cancel",
  });
  return answer === STOPPED ? null : answer as BacktestReport;
}

function goesOnLater(reason: unknown): boolean {
  return reason instanceof JobStopped && (reason.reason === "slice" || reason.reason === "drain");
}

/** Each buffer once: series may share one. */
function buffersOf(series: readonly SeriesCandles[]): ArrayBuffer[] {
  const buffers = series.flatMap(({ candles }) =>
    [candles.date, candles.open, candles.high, candles.low, candles.close, candles.volume]
      .map(({ buffer }) => buffer as ArrayBuffer)
  );
  return [...new Set(buffers)];
}
