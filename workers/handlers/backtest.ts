/** Runs a stored backtest on a compute worker and stores its result with the job's end. */
import {
  backtestJob,
  completeBacktest,
  type FinishedRun,
  loadWorkCandles,
  readBacktestWork,
} from "../../api/backtests/service.ts";
import { timeframeLength } from "../../api/backtests/config/mod.ts";
import type { SeriesCandles } from "../../api/backtests/run/mod.ts";
import { fillGaps } from "../../api/market/candles/mod.ts";
import type { Ctx } from "../../api/platform/context.ts";
import { AppError } from "../../api/platform/errors.ts";
import type { BacktestReport, BacktestWants } from "../compute/backtest_task.ts";
import type { ComputePool } from "../compute/pool.ts";
import { computeBacktest } from "../compute/run_backtest.ts";
import { defineJob, type JobHandler, type JobOutcome, type JobTools } from "../handler.ts";

type Work = Awaited<ReturnType<typeof readBacktestWork>>;

export function backtestHandler(pool: ComputePool): JobHandler {
  return defineJob(
    backtestJob,
    (ctx, { backtest_id }, checkpoint, tools) =>
      runBacktest(ctx, pool, backtest_id, { checkpoint, tools }),
  );
}

async function runBacktest(
  ctx: Ctx,
  pool: ComputePool,
  id: string,
  { checkpoint, tools }: { checkpoint: Uint8Array<ArrayBuffer> | null; tools: JobTools },
): Promise<JobOutcome> {
  const startedAt = ctx.clock.now();
  const start = ctx.clock.monotonic();
  const work = await readBacktestWork(ctx, id);
  const { request, candles } = work;
  const available = candles.map(({ pair, timeframe }) => ({ pair, timeframe }));
  const report = await computeBacktest(pool, { ...request, available }, {
    readSeries: (wants) => readSeries(ctx, work, wants),
    checkpoint,
    tools,
  });
  const seconds = (ctx.clock.monotonic() - start) / 1000;
  ctx.telemetry.coreSeconds.observe({ stage: "backtest" }, seconds);
  if (report === null) return { kind: "yielded" };
  const run = toFinishedRun(report, { startedAt, endedAt: ctx.clock.now() });
  return {
    kind: "done",
    result: { result_hash: run.resultHash },
    effects: (tx) => completeBacktest(ctx, tx, id, run),
  };
}

/** The pinned candles of each series, with those before the range that only feed indicators. */
async function readSeries(
  ctx: Ctx,
  { request: { range }, candles }: Work,
  { wanted, startupCandles }: BacktestWants,
): Promise<SeriesCandles[]> {
  const series: SeriesCandles[] = [];
  for (const { pair, timeframe, candleType } of wanted) {
    const pinned = candles.find((each) =>
      each.pair === pair && each.timeframe === timeframe && each.candleType === candleType
    );
    if (pinned === undefined) {
      throw new AppError("NO_CANDLES", `Cannot backtest: "${pair}" has no ${timeframe} candles`);
    }
    const startupMs = startupCandles * timeframeLength(timeframe);
    const start = range.start === null ? null : range.start - startupMs;
    const loaded = await loadWorkCandles(ctx, pinned, { start, stop: range.stop });
    series.push({ pair, timeframe, candleType, ...bySession(loaded, { timeframe, candleType }) });
  }
  return series;
}

/** A market that never closes is left to the run, which fills as freqtrade does. */
function bySession(
  { candles, market: { session } }: Awaited<ReturnType<typeof loadWorkCandles>>,
  rules: Pick<SeriesCandles, "timeframe" | "candleType">,
): Pick<SeriesCandles, "candles" | "hasSessions"> {
  const hasSessions = session !== "always";
  const { time: date, ...columns } = hasSessions
    ? fillGaps(candles, { ...rules, session })
    : candles;
  return { candles: { date, ...columns }, hasSessions };
}

function toFinishedRun(
  { packed: { resultBytes, resultHash, plotBytes }, summary, figures }: BacktestReport,
  { startedAt, endedAt }: { startedAt: number; endedAt: number },
): FinishedRun {
  const times = JSON.stringify({
    backtest_run_start_ts: Math.floor(startedAt / 1000),
    backtest_run_end_ts: Math.floor(endedAt / 1000),
  });
  const statistics = `${figures.slice(0, -1)},${times.slice(1)}`;
  return { resultBytes, resultHash, plotBytes, statistics, summary };
}
