/** Makes a staged upload part of a series: the last, short step of every import. */

import { toRfc3339 } from "../platform/clock.ts";
import { type Ctx, ownedBy } from "../platform/context.ts";
import type { Db } from "../platform/database/open.ts";
import { newOwnedColumns } from "../platform/database/rows.ts";
import { AppError, notFound } from "../platform/errors.ts";
import { write } from "../platform/write.ts";
import * as candleStore from "./candle_store.ts";
import type { BlockRef, SeriesRow } from "./candle_store.ts";
import type { CandleColumns } from "./candles/columns.ts";
import { findGaps, type GapRules } from "./candles/gaps.ts";
import { type AssetType, formatPair, type PairParts } from "./candles/pair.ts";
import { describeGaps } from "./gap_report.ts";
import { ensureMarket, sessionOf } from "./markets.ts";
import { reblock, type ReblockResult } from "./reblock.ts";
import type { ImportReport } from "./schema.ts";
import { loadBlock, saveBlock, type StagedUpload } from "./staging.ts";
import * as store from "./store.ts";
import type { DatasetRow, MarketRow } from "./store.ts";

export interface MergeTarget {
  readonly pair: PairParts;
  readonly exchange: string;
  readonly assetType?: AssetType;
  /** What a market that this import makes says of its origin. */
  readonly source: string;
}

/** An import that meets another one of its series begins again on what that one left. */
const ATTEMPTS_MAX = 5;

/** Another import has changed the series since it was read. */
class SeriesMovedError extends Error {}

export interface MergeInput {
  readonly dataset: DatasetRow;
  readonly fileName: string;
  readonly target: MergeTarget;
  readonly upload: StagedUpload;
}

/**
 * Lays the upload's candles over the series and swaps its manifest in one transaction with the
 * import's own row. Throws AppError CANDLES_REFUSED for candles on another grid.
 */
export async function mergeUpload(ctx: Ctx, merge: MergeInput): Promise<ImportReport> {
  for (let attempt = 1;; attempt++) {
    try {
      return await mergeOnce(ctx, merge);
    } catch (err) {
      if (!(err instanceof SeriesMovedError)) throw err;
      if (attempt < ATTEMPTS_MAX) continue;
      throw new AppError(
        "CONFLICT",
        `Cannot import "${merge.fileName}": other imports keep changing the series`,
        { cause: err },
      );
    }
  }
}

async function mergeOnce(ctx: Ctx, merge: MergeInput): Promise<ImportReport> {
  const { dataset, target, upload } = merge;
  const { timeframe, candleType, offsetMs } = upload.report;
  const market = await store.findMarket(
    ctx.db,
    dataset.id,
    target.exchange,
    formatPair(target.pair),
  );
  const series = market &&
    await candleStore.findSeriesOf(ctx.db, market.id, candleType, timeframe);
  if (series && series.offset_ms !== offsetMs) {
    throw otherGrid(merge.fileName, series, offsetMs);
  }
  const known = series ? await candleStore.listBlocks(ctx.db, series.manifest_id) : [];
  const session = market?.session ?? sessionOf(target.pair, target.assetType);
  const rules: GapRules = { timeframe, session, candleType };
  const merged = await reblock(known, loadChunks(ctx, upload.chunks), {
    load: (hash) => loadBlock(ctx, hash),
    save: async (candles) => describeBlock(candles, await saveBlock(ctx, candles), rules),
  });
  const spec = {
    scope: "backtest:run",
    action: "candles.import",
    kind: "candle_import",
    replay: (ctx: Ctx, id: string, tx: Db) => readImport(ctx, id, tx),
  } as const;
  return await write(ctx, spec, async (tx, actor) => {
    const place = await placeBlocks(ctx, tx, merge, { series, merged, session });
    const report = { ...place.report, id: "", created_at: toRfc3339(ctx.clock.now()) };
    const owned = await newOwnedColumns(tx, { ...ctx, ownerId: actor.userId }, "candle_import");
    report.id = owned.id;
    await store.insertImport(tx, {
      ...owned,
      dataset_id: dataset.id,
      series_id: place.series.id,
      file_name: merge.fileName,
      report: JSON.stringify(report),
    });
    const { symbol, exchange, inserted, replaced, rejected } = report;
    const after = {
      ...{ dataset: dataset.name, exchange, symbol, candle_type: candleType, timeframe },
      ...{ inserted, replaced, rejected, revision: place.series.revision },
    };
    const event = { type: "candles.imported", data: after };
    return { resourceId: owned.id, after, event, answer: report };
  });
}

/** Names the merged blocks as the series' next revision, unless nothing changed. */
async function placeBlocks(
  ctx: Ctx,
  tx: Db,
  { dataset, fileName, target, upload }: MergeInput,
  { series, merged, session }: {
    series: SeriesRow | undefined;
    merged: ReblockResult;
    session: MarketRow["session"];
  },
): Promise<{ series: SeriesRow; report: Omit<ImportReport, "id" | "created_at"> }> {
  const { exchange } = target;
  const market = await ensureMarket(ctx, tx, { dataset, ...target });
  const next = await nextRevision(ctx, tx, { market, series, merged, upload });
  const { format, timeframe, candleType, hasVolume, bad, duplicates } = upload.report;
  const { blocks } = merged;
  const report = {
    file_name: fileName,
    dataset_id: dataset.id,
    dataset: dataset.name,
    exchange,
    symbol: market.symbol,
    candle_type: candleType,
    timeframe,
    format,
    has_volume: hasVolume,
    inserted: merged.inserted,
    replaced: merged.replaced,
    duplicate: merged.duplicates + duplicates,
    rejected: bad.count,
    rejected_reasons: bad.reasons,
    rejected_rows: bad.rows,
    series: {
      revision: next.revision,
      candles: countCandles(blocks),
      from: toRfc3339(blocks[0]?.firstMs ?? 0),
      to: toRfc3339(blocks.at(-1)?.lastMs ?? 0),
      ...describeGaps(blocks, { timeframe, session, candleType }),
    },
  };
  return { series: next, report };
}

async function nextRevision(
  ctx: Ctx,
  tx: Db,
  { market, series, merged, upload }: {
    market: MarketRow;
    series: SeriesRow | undefined;
    merged: ReblockResult;
    upload: StagedUpload;
  },
): Promise<SeriesRow> {
  const { blocks } = merged;
  if (series && merged.inserted + merged.replaced === 0) return series;
  const hashes = [...new Set(blocks.map(({ hash }) => hash))];
  // A sweep may have taken a block between its writing and now.
  if (await candleStore.countKnownBlocks(tx, hashes) !== hashes.length) {
    throw new SeriesMovedError();
  }
  const now = ctx.clock.now();
  const revision = (series?.revision ?? 0) + 1;
  const manifestId = ctx.ids.uuid();
  const next = series ? { ...series, revision, manifest_id: manifestId } : {
    id: ctx.ids.uuid(),
    dataset_id: market.dataset_id,
    market_id: market.id,
    candle_type: upload.report.candleType,
    timeframe: upload.report.timeframe,
    offset_ms: upload.report.offsetMs,
    revision,
    manifest_id: manifestId,
    created_at: now,
    updated_at: now,
  };
  if (series) {
    const swapped = await candleStore.swapManifest(tx, series.id, series.revision, {
      manifestId,
      now,
    });
    if (!swapped) throw new SeriesMovedError();
  } else {
    const { candleType, timeframe } = upload.report;
    if (await candleStore.findSeriesOf(tx, market.id, candleType, timeframe)) {
      throw new SeriesMovedError();
    }
    await candleStore.insertSeries(tx, next);
  }
  await candleStore.insertManifest(tx, {
    id: manifestId,
    series_id: next.id,
    revision,
    candle_count: countCandles(blocks),
    first_ms: blocks[0]?.firstMs ?? 0,
    last_ms: blocks.at(-1)?.lastMs ?? 0,
    created_at: now,
  }, blocks);
  return next;
}

async function* loadChunks(ctx: Ctx, hashes: readonly string[]): AsyncGenerator<CandleColumns> {
  for (const hash of hashes) yield await loadBlock(ctx, hash);
}

function describeBlock(candles: CandleColumns, hash: string, rules: GapRules): BlockRef {
  const { time } = candles;
  return {
    hash,
    candleCount: time.length,
    firstMs: time[0] ?? 0,
    lastMs: time[time.length - 1] ?? 0,
    gaps: findGaps(time, rules),
  };
}

function countCandles(blocks: readonly BlockRef[]): number {
  return blocks.reduce((sum, block) => sum + block.candleCount, 0);
}

function otherGrid(fileName: string, series: SeriesRow, offsetMs: number): AppError {
  return new AppError(
    "CANDLES_REFUSED",
    `Cannot import "${fileName}": its ${series.timeframe} candles open ${offsetMs / 60_000} min ` +
      `after the whole step, those of the series ${series.offset_ms / 60_000} min`,
  );
}

/** One of the caller's own imports; 404 for any other. */
export async function readImport(ctx: Ctx, id: string, db: Db): Promise<ImportReport> {
  const row = await store.findImport(db, ownedBy(ctx), id);
  if (!row) throw notFound("import");
  return JSON.parse(row.report);
}
