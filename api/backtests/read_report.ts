/** A stored backtest as a page. */
import { nextTurn } from "../platform/clock.ts";
import { type Ctx, requireActor } from "../platform/context.ts";
import { AppError, notFound } from "../platform/errors.ts";
import { loadCompiler, readPinnedCode } from "../strategies/service.ts";
import type { ExportRun } from "./export/mod.ts";
import { loadWorkCandles } from "./finish.ts";
import { openReport } from "./report/mod.ts";
import { toRunRequest } from "./request.ts";
import { decodeTables, unpackResult } from "./results/mod.ts";
import { prepareBacktest, type PreparedBacktest } from "./run/mod.ts";
import { strategyStatistics } from "./statistics/mod.ts";
import * as store from "./store.ts";
import { planOf, type StoredPlan } from "./views.ts";

/** What is read of the stored statistics: all that cannot be computed from the result again. */
interface StoredFigures {
  readonly pairlist: readonly string[];
  readonly market_change: number;
  /** Seconds. */
  readonly backtest_run_start_ts: number;
  readonly backtest_run_end_ts: number;
}

const SECOND_MS = 1_000;

/**
 * One HTML page that needs nothing beside itself (api/backtests/report).
 *
 * @throws AppError NOT_FOUND for a stranger's backtest, CONFLICT for one that is not completed.
 */
export async function readReport(ctx: Ctx, id: string): Promise<string> {
  requireActor(ctx, "read");
  const row = await store.findBacktest(ctx.db, ctx, id);
  if (row === undefined) throw notFound("backtest");
  const { status, result_blob: result, statistics_blob: statistics, result_hash: hash } = row;
  if (status !== "completed" || result === null || statistics === null || hash === null) {
    throw new AppError("CONFLICT", `Cannot read the report: the backtest is ${status}`);
  }
  const plan = planOf(row);
  const code = await readPinnedCode(ctx, row.strategy_version_id);
  const compile = await loadCompiler();
  const prepared = prepareBacktest(toRunRequest(plan, code), { compile });
  const run = toRun(prepared, {
    resultBytes: await readBlob(ctx, result),
    figures: JSON.parse(new TextDecoder().decode(await readBlob(ctx, statistics))),
    hash,
  });
  const plots = row.plots_blob === null ? null : decodeTables(await readBlob(ctx, row.plots_blob));
  const { plotConfig } = prepared.compiled.attributes;
  const report = openReport({ run, plotConfig, plots, breathe: () => takeTurn(ctx) });
  for (const pair of run.pairs) {
    const candles = await loadPair(ctx, plan, prepared, { pair, start: run.result.backtestStart });
    await report.addPair(pair, candles);
  }
  return await report.render();
}

/** The run as it was when it ended; its figures are those of the same trades. */
function toRun(
  { compiled, settings }: PreparedBacktest,
  { resultBytes, figures, hash }: {
    resultBytes: Uint8Array<ArrayBuffer>;
    figures: StoredFigures;
    hash: string;
  },
): ExportRun {
  const { result } = unpackResult(resultBytes);
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
    runId: hash,
  };
}

/** The pinned candles that a pair was traded on. */
async function loadPair(
  ctx: Ctx,
  { candles, endMs }: StoredPlan,
  { wanted, compiled }: PreparedBacktest,
  { pair, start }: { pair: string; start: number },
) {
  const series = wanted.find((each) => each.pair === pair && each.timeframe === compiled.timeframe);
  const pinned = candles.find((each) =>
    each.pair === series?.pair && each.timeframe === series.timeframe &&
    each.candleType === series.candleType
  );
  if (pinned === undefined) throw new Error(`The candles of "${pair}" are not among the pinned`);
  const loaded = await loadWorkCandles(ctx, pinned, { start, stop: endMs });
  const { time: date, ...columns } = loaded.candles;
  return { date, ...columns };
}

async function takeTurn(ctx: Ctx): Promise<void> {
  await nextTurn();
  ctx.signal.throwIfAborted();
}

async function readBlob(ctx: Ctx, hash: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await ctx.blobs.get(hash);
  if (bytes === null) throw new Error(`Blob "${hash}" is missing though a row names it`);
  return bytes;
}
