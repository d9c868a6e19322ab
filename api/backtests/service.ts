/** Backtests: submit, follow, read, cancel, delete. The run itself is a job. */
import { cancelJob, findJobStates, type JobState, wakeJob } from "../jobs/queue.ts";
import { type Ctx, requireActor } from "../platform/context.ts";
import type { Db } from "../platform/database/open.ts";
import { AppError, notFound } from "../platform/errors.ts";
import { toPage } from "../platform/http/pages.ts";
import type { RenderedJson } from "../platform/http/rendered.ts";
import type { Page, PageQuery } from "../platform/http/schemas.ts";
import { write } from "../platform/write.ts";
import {
  decodeTables,
  type PackedTables,
  readTrades,
  tableNamed,
  tradesCsv,
} from "./results/mod.ts";
import type { Backtest, BacktestDetail, BacktestTrade, ListBacktests } from "./schema.ts";
import type { DetailTexts } from "./detail_texts.ts";
import { releaseCandles } from "./finish.ts";
import * as store from "./store.ts";
import { toBacktest, toCandles, toEquityCurve, toResults, toTrade } from "./views.ts";

export async function listBacktests(ctx: Ctx, query: ListBacktests): Promise<Page<Backtest>> {
  requireActor(ctx, "read");
  const { rows, total } = await store.listBacktests(ctx.db, ctx, query);
  const unfinished = rows.filter(({ status }) => status === "pending");
  const jobs = await findJobStates(ctx, unfinished.map(({ job_id }) => job_id));
  return toPage(rows.map((row) => toBacktest(row, jobs.get(row.job_id))), total, query);
}

export async function getBacktest(ctx: Ctx, id: string): Promise<BacktestDetail> {
  requireActor(ctx, "read");
  return await readDetail(ctx, await findOwn(ctx, ctx.db, id));
}

/** What `getBacktest` answers, as text; a finished backtest is written out once. */
export async function renderBacktest(
  ctx: Ctx,
  id: string,
  texts: DetailTexts,
): Promise<RenderedJson<BacktestDetail>> {
  requireActor(ctx, "read");
  const row = await findOwn(ctx, ctx.db, id);
  const render = async () => JSON.stringify(await readDetail(ctx, row));
  if (row.status !== "completed") {
    const text = await render();
    return { text, version: text };
  }
  const text = await texts.read(id, async () => new TextEncoder().encode(await render()));
  return { text, version: `${id} ${row.result_hash}` };
}

async function readDetail(ctx: Ctx, row: store.BacktestRow): Promise<BacktestDetail> {
  const job = row.status === "completed" ? undefined : await findJob(ctx, row);
  const packed = row.result_blob === null ? null : await readPacked(ctx, row.result_blob);
  return {
    ...toBacktest(row, job),
    results: await readResults(ctx, row),
    equity_curve: packed === null ? [] : toEquityCurve(packed),
    result_hash: row.result_hash,
    candles: toCandles(row),
  };
}

/** A page of the trades, in closing order. */
export async function listBacktestTrades(
  ctx: Ctx,
  id: string,
  query: PageQuery,
): Promise<Page<BacktestTrade>> {
  const packed = await readFinished(ctx, id);
  const { limit, offset } = query;
  const trades = readTrades(packed, offset, offset + limit);
  const items = trades.map((trade, index) => toTrade(trade, offset + index + 1));
  return toPage(items, tableNamed(packed, "trades").rows, query);
}

/** The lines of the trades' CSV, header first. */
export async function readTradesCsv(ctx: Ctx, id: string): Promise<Iterable<string>> {
  return tradesCsv(readTrades(await readFinished(ctx, id)));
}

/** The packed result of a finished backtest: trades, orders, equity. */
export async function readFinished(ctx: Ctx, id: string): Promise<PackedTables> {
  return decodeTables(await readResultBytes(ctx, id, "result_blob"));
}

/** A finished backtest's stored bytes: its result, or the columns its plots show. */
export async function readResultBytes(
  ctx: Ctx,
  id: string,
  part: "result_blob" | "plots_blob",
): Promise<Uint8Array<ArrayBuffer>> {
  requireActor(ctx, "read");
  const row = await findOwn(ctx, ctx.db, id);
  if (row.status !== "completed") {
    throw new AppError("CONFLICT", `Cannot read the result: the backtest is ${row.status}`);
  }
  const hash = row[part];
  if (hash === null) throw notFound("plot columns");
  return await readBlob(ctx, hash);
}

/** Stops the run and keeps the row; a finished backtest stays as it is. */
export async function cancelBacktest(ctx: Ctx, id: string): Promise<Backtest> {
  const spec = { scope: "backtest:run", action: "backtest.cancel", kind: "backtest" } as const;
  const backtest = await write(ctx, spec, async (tx) => {
    const row = await findOwn(ctx, tx, id);
    if (row.status !== "pending") {
      throw new AppError("CONFLICT", `Cannot cancel the backtest: it is ${row.status}`);
    }
    const jobStatus = await cancelJob(ctx, tx, row.job_id);
    if (jobStatus !== "running") await markCancelled(ctx, tx, id);
    return {
      resourceId: id,
      after: { cancel_requested: true },
      event: { type: "backtest.cancel_requested", data: { job_id: row.job_id } },
      answer: toBacktest(await findOwn(ctx, tx, id), undefined),
    };
  });
  await wakeJob(ctx, backtest.job_id);
  return backtest;
}

/** Stops the run if it still goes, and removes the row with what it stored. */
export async function deleteBacktest(ctx: Ctx, id: string): Promise<void> {
  const spec = { scope: "backtest:run", action: "backtest.delete", kind: "backtest" } as const;
  const jobId = await write(ctx, spec, async (tx) => {
    const row = await findOwn(ctx, tx, id);
    if (row.status === "pending") await cancelJob(ctx, tx, row.job_id);
    await store.deleteBacktest(tx, ctx, id);
    await releaseCandles(tx, id);
    for (const hash of [row.result_blob, row.statistics_blob, row.plots_blob, row.report_blob]) {
      if (hash !== null && await store.countBlobUses(tx, hash) === 0) {
        await ctx.blobs.delete(hash, tx);
      }
    }
    return {
      resourceId: id,
      before: { strategy_name: row.strategy_name, status: row.status },
      event: { type: "backtest.deleted", data: {} },
      answer: row.job_id,
    };
  });
  await wakeJob(ctx, jobId);
}

async function markCancelled(ctx: Ctx, tx: Db, id: string): Promise<void> {
  await store.updateUnfinished(tx, ctx, id, {
    status: "cancelled",
    completed_at: ctx.clock.now(),
  });
}

async function findOwn(ctx: Ctx, db: Db, id: string): Promise<store.BacktestRow> {
  const row = await store.findBacktest(db, ctx, id);
  if (row === undefined) throw notFound("backtest");
  return row;
}

async function findJob(ctx: Ctx, row: store.BacktestRow): Promise<JobState | undefined> {
  return (await findJobStates(ctx, [row.job_id])).get(row.job_id);
}

async function readResults(
  ctx: Ctx,
  row: store.BacktestRow,
): Promise<BacktestDetail["results"]> {
  if (row.summary === null || row.statistics_blob === null) return null;
  const statistics = new TextDecoder().decode(await readBlob(ctx, row.statistics_blob));
  return toResults(JSON.parse(row.summary), JSON.parse(statistics));
}

async function readPacked(ctx: Ctx, hash: string): Promise<PackedTables> {
  return decodeTables(await readBlob(ctx, hash));
}

async function readBlob(ctx: Ctx, hash: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await ctx.blobs.get(hash);
  if (bytes === null) throw new Error(`Blob "${hash}" is missing though a row names it`);
  return bytes;
}

export { completeBacktest, type FinishedRun, loadWorkCandles, readBacktestWork } from "./finish.ts";
export { backtestJob } from "./job.ts";
export { createReportQueue } from "./report_queue.ts";

/** The verbs that make reports are loaded with the first one that is asked for. */
export async function loadReports(): Promise<typeof import("./read_report.ts")> {
  return await import("./read_report.ts");
}
