/** What a backtest's worker needs of its row, and how the run ends. */
import { loadPinnedSeries, unpinSeries } from "../market/service.ts";
import type { Ctx } from "../platform/context.ts";
import type { Db } from "../platform/database/open.ts";
import { AppError, notFound } from "../platform/errors.ts";
import { readPinnedCode } from "../strategies/service.ts";
import type { BacktestRequest } from "./run/mod.ts";
import { toRunRequest } from "./request.ts";
import * as store from "./store.ts";
import { type BacktestSummary, type PinnedCandles, planOf } from "./views.ts";

/** What a run leaves behind, packed where it was computed. */
export interface FinishedRun {
  readonly resultBytes: Uint8Array<ArrayBuffer>;
  readonly resultHash: string;
  readonly plotBytes: Uint8Array<ArrayBuffer> | null;
  /** freqtrade's statistics of the strategy, without its trades, as JSON text. */
  readonly statistics: string;
  readonly summary: BacktestSummary;
}

export interface BacktestWork {
  readonly request: Omit<BacktestRequest, "available">;
  readonly candles: readonly PinnedCandles[];
}

/**
 * The request of a stored backtest that still waits to be run.
 *
 * @throws AppError NOT_FOUND when it was deleted, CANCELLED when it is finished already.
 */
export async function readBacktestWork(ctx: Ctx, id: string): Promise<BacktestWork> {
  const row = await store.findBacktest(ctx.db, ctx, id);
  if (row === undefined) throw notFound("backtest");
  if (row.status !== "pending") {
    throw new AppError("CANCELLED", `Cannot run the backtest: it is ${row.status}`);
  }
  const plan = planOf(row);
  const strategy = await readPinnedCode(ctx, row.strategy_version_id);
  const { available: _, ...request } = toRunRequest(plan, strategy);
  return { request, candles: plan.candles };
}

/** The pinned candles of one series, from `startup` candles before the range on. */
export async function loadWorkCandles(
  ctx: Ctx,
  { manifestId }: PinnedCandles,
  range: { start: number | null; stop: number | null },
) {
  return await loadPinnedSeries(ctx, manifestId, {
    ...(range.start === null ? {} : { start: range.start }),
    ...(range.stop === null ? {} : { stop: range.stop }),
  });
}

/** Stores the result in the transaction that completes the job. */
export async function completeBacktest(
  ctx: Ctx,
  tx: Db,
  id: string,
  run: FinishedRun,
): Promise<void> {
  const statistics = new TextEncoder().encode(run.statistics);
  const done = await store.updateUnfinished(tx, ctx, id, {
    status: "completed",
    summary: JSON.stringify(run.summary),
    result_blob: await ctx.blobs.put(run.resultBytes, tx, run.resultHash),
    result_hash: run.resultHash,
    statistics_blob: await ctx.blobs.put(statistics, tx),
    plots_blob: run.plotBytes === null ? null : await ctx.blobs.put(run.plotBytes, tx),
    completed_at: ctx.clock.now(),
  });
  if (!done) throw new AppError("CANCELLED", "Cannot store the result: the backtest is gone");
  await emitState(ctx, tx, id, "completed");
}

/** Marks the run as ended without a result; the public message says why. */
export async function endBacktest(
  ctx: Ctx,
  tx: Db,
  id: string,
  end: { status: "failed"; code: string; message: string } | { status: "cancelled" },
): Promise<void> {
  const error = end.status === "failed" ? { code: end.code, message: end.message } : null;
  const changed = await store.updateUnfinished(tx, ctx, id, {
    status: end.status,
    error: error === null ? null : JSON.stringify(error),
    completed_at: ctx.clock.now(),
  });
  if (changed) await emitState(ctx, tx, id, end.status);
}

/** Puts a failed backtest back in line with its job. */
export async function reopenBacktest(ctx: Ctx, tx: Db, id: string): Promise<void> {
  if (await store.reopenFailed(tx, ctx, id)) await emitState(ctx, tx, id, "pending");
}

/** Lets go of the candles of a deleted backtest. */
export async function releaseCandles(tx: Db, id: string): Promise<void> {
  await unpinSeries(tx, { kind: "backtest", id });
}

async function emitState(ctx: Ctx, tx: Db, id: string, status: string): Promise<void> {
  if (ctx.actor === null) return;
  await ctx.events(ctx, tx, {
    ownerId: ctx.actor.userId,
    type: `backtest.${status}`,
    resourceKind: "backtest",
    resourceId: id,
    data: { status },
  });
}
