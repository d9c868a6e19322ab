/** A backtest on a compute worker, on behalf of a job. */
import type { SeriesCandles } from "../../api/backtests/run/mod.ts";
import { endSignal, goesOnLater, type JobTools } from "../handler.ts";
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
  const ended = endSignal(options.tools.signal);
  return await pool.use((session) => runOn(session, ended, { ...options, order }), ended);
}

async function runOn(
  session: ComputeSession,
  ended: AbortSignal,
  { order, readSeries, checkpoint, tools, snapshotEveryMs }: ComputeBacktest & {
    order: BacktestOrder;
  },
): Promise<BacktestReport | null> {
  const prepared = await session.call("prepare", order, { signal: ended });
  if (prepared === STOPPED) return null;
  const series = await readSeries(prepared as BacktestWants);
  ended.throwIfAborted();
  const feed: BacktestFeed = { series, checkpoint };
  const answer = await session.call("run", feed, {
    transfer: buffersOf(series),
    onProgress: (ratio) => tools.report({ ratio }),
    onSnapshot: tools.save,
    snapshotEveryMs,
    signal: tools.signal,
    stopBy: () => goesOnLater(tools.signal.reason) ? "yield" : "cancel",
  });
  return answer === STOPPED ? null : answer as BacktestReport;
}

/** Each buffer once: series may share one. */
function buffersOf(series: readonly SeriesCandles[]): ArrayBuffer[] {
  const buffers = series.flatMap(({ candles }) =>
    [candles.date, candles.open, candles.high, candles.low, candles.close, candles.volume]
      .map(({ buffer }) => buffer as ArrayBuffer)
  );
  return [...new Set(buffers)];
}
