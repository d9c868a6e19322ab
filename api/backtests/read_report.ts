/** A stored backtest as a page, made once and kept. */
import { type Ctx, requireActor } from "../platform/context.ts";
import { inTransaction } from "../platform/database/open.ts";
import { sha256Hex } from "../platform/encoding.ts";
import { AppError, notFound } from "../platform/errors.ts";
import { readPinnedCode } from "../strategies/service.ts";
import { VERSION } from "../system/service.ts";
import { loadWorkCandles } from "./finish.ts";
import { renderApart } from "./render_apart.ts";
import type { WantedSeries } from "./run/mod.ts";
import * as store from "./store.ts";
import { planOf, type StoredPlan } from "./views.ts";

/** Where a report is kept, and what its text depends on. */
export interface ReportRef {
  readonly backtestId: string;
  /** Changes with the result, with the program and with the page's own style and script. */
  readonly key: string;
}

/** A row that has everything a report shows. */
interface FinishedRow extends store.BacktestRow {
  readonly result_blob: string;
  readonly result_hash: string;
  readonly statistics_blob: string;
}

/**
 * What the report of a finished backtest is known by.
 *
 * @throws AppError NOT_FOUND for a stranger's backtest, CONFLICT for one that is not completed.
 */
export async function findReport(ctx: Ctx, backtestId: string, policy: string): Promise<ReportRef> {
  return { backtestId, key: keyOf(await findFinished(ctx, backtestId), policy) };
}

/** The page that was made before under this key; null when there is none. */
export async function readKeptReport(
  ctx: Ctx,
  { backtestId, key }: ReportRef,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const row = await findFinished(ctx, backtestId);
  if (row.report_blob === null || row.report_key !== key) return null;
  return await ctx.blobs.get(row.report_blob);
}

/** One HTML page that needs nothing beside itself (api/backtests/report), as UTF-8; kept. */
export async function makeReport(
  ctx: Ctx,
  { backtestId, key }: ReportRef,
): Promise<Uint8Array<ArrayBuffer>> {
  const row = await findFinished(ctx, backtestId);
  const plan = planOf(row);
  const { code, className } = await readPinnedCode(ctx, row.strategy_version_id);
  const order = {
    plan,
    code,
    className,
    resultBytes: await readBlob(ctx, row.result_blob),
    resultHash: row.result_hash,
    statisticsBytes: await readBlob(ctx, row.statistics_blob),
    plotBytes: row.plots_blob === null ? null : await readBlob(ctx, row.plots_blob),
  };
  const page = await renderApart(order, {
    load: (series, startMs) => loadPair(ctx, plan, series, startMs),
    signal: ctx.signal,
  });
  await keepReport(ctx, row, { key, page });
  return page;
}

/** Puts the page in place of the one before, unless the backtest was deleted meanwhile. */
async function keepReport(
  ctx: Ctx,
  { id, report_blob: before }: FinishedRow,
  { key, page }: { key: string; page: Uint8Array<ArrayBuffer> },
): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    if (await store.findBacktest(tx, ctx, id) === undefined) return;
    const blob = await ctx.blobs.put(page, tx);
    await store.updateReport(tx, ctx, id, { report_blob: blob, report_key: key });
    if (before !== null && await store.countBlobUses(tx, before) === 0) {
      await ctx.blobs.delete(before, tx);
    }
  });
}

async function findFinished(ctx: Ctx, id: string): Promise<FinishedRow> {
  requireActor(ctx, "read");
  const row = await store.findBacktest(ctx.db, ctx, id);
  if (row === undefined) throw notFound("backtest");
  if (!isFinished(row)) {
    throw new AppError("CONFLICT", `Cannot read the report: the backtest is ${row.status}`);
  }
  return row;
}

function isFinished(row: store.BacktestRow): row is FinishedRow {
  return row.status === "completed" && row.result_blob !== null && row.result_hash !== null &&
    row.statistics_blob !== null;
}

function keyOf(row: FinishedRow, policy: string): string {
  const { result_hash, statistics_blob, plots_blob, strategy_version_id } = row;
  return sha256Hex(
    JSON.stringify([
      VERSION,
      policy,
      result_hash,
      statistics_blob,
      plots_blob,
      strategy_version_id,
    ]),
  );
}

/** The pinned candles that a pair was traded on. */
async function loadPair(
  ctx: Ctx,
  { candles, endMs }: StoredPlan,
  { pair, timeframe, candleType }: WantedSeries,
  start: number,
) {
  const pinned = candles.find((each) =>
    each.pair === pair && each.timeframe === timeframe && each.candleType === candleType
  );
  if (pinned === undefined) throw new Error(`The candles of "${pair}" are not among the pinned`);
  const loaded = await loadWorkCandles(ctx, pinned, { start, stop: endMs });
  const { time: date, ...columns } = loaded.candles;
  return { date, ...columns };
}

async function readBlob(ctx: Ctx, hash: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await ctx.blobs.get(hash);
  if (bytes === null) throw new Error(`Blob "${hash}" is missing though a row names it`);
  return bytes;
}
