/** Series for those who compute on them: columns, pinned to a revision. */

import { toRfc3339 } from "../platform/clock.ts";
import { type Ctx, requireActor } from "../platform/context.ts";
import type { Db } from "../platform/database/open.ts";
import { AppError, notFound } from "../platform/errors.ts";
import { toPage } from "../platform/http/pages.ts";
import type { Page, PageQuery } from "../platform/http/schemas.ts";
import * as candleStore from "./candle_store.ts";
import type { CoverageRow, ManifestRow } from "./candle_store.ts";
import {
  allocateCandles,
  CANDLE_COLUMNS,
  type CandleColumns,
  type CandleType,
  firstRowAt,
  viewCandles,
} from "./candles/columns.ts";
import type { Timerange } from "./candles/timerange.ts";
import { describeGaps, type GapReport } from "./gap_report.ts";
import {
  findMarketWith,
  type MarketRef,
  resolveMarket,
  searchedDatasets,
  toSymbol,
} from "./markets.ts";
import type { MarketSymbol } from "./schema.ts";
import { loadBlock } from "./staging.ts";
import * as store from "./store.ts";
import type { DatasetRow, MarketRow } from "./store.ts";

/** What a result notes so that the same candles can be read again. */
export interface SeriesPin {
  readonly manifestId: string;
  readonly revision: number;
  readonly dataset: string;
  readonly datasetId: string;
  readonly exchange: string;
  readonly symbol: string;
  readonly candleType: CandleType;
  readonly timeframe: string;
}

export interface LoadedSeries {
  /** The candles of the range as they were imported, gaps and all. */
  readonly candles: CandleColumns;
  readonly pin: SeriesPin;
  /** The market's rules as they are now. */
  readonly market: MarketSymbol & { readonly leverageTiers: readonly LeverageTier[] };
  /** Opens of the whole series' first and last candle, whatever the range. */
  readonly firstMs: number;
  readonly lastMs: number;
}

/** As ccxt names its members: `minNotional`, `maxNotional`, `maintenanceMarginRate`, … */
export type LeverageTier = Readonly<Record<string, unknown>>;

export interface SeriesRef extends MarketRef {
  readonly timeframe: string;
  /** Without it spot, or futures for a symbol that has a settle currency. */
  readonly candleType?: CandleType;
}

export interface FoundSeries {
  readonly dataset: DatasetRow;
  readonly market: MarketRow;
  readonly series: candleStore.SeriesRow;
  readonly manifest: ManifestRow;
}

/**
 * Reads the candles of a range, both ends inclusive, into new columns, and says which revision
 * they are of. Throws AppError NO_CANDLES when the market has no such series.
 */
export async function loadSeries(
  ctx: Ctx,
  ref: SeriesRef,
  range: Timerange = {},
): Promise<LoadedSeries> {
  const found = await findSeries(ctx, ref);
  return await loadFound(ctx, found, range);
}

/** Reads a range of the revision that a result pinned, whatever was imported since. */
export async function loadPinnedSeries(
  ctx: Ctx,
  manifestId: string,
  range: Timerange = {},
): Promise<LoadedSeries> {
  const { userId } = requireActor(ctx, "read");
  const manifest = await candleStore.findManifest(ctx.db, manifestId);
  const series = manifest && await candleStore.findSeries(ctx.db, manifest.series_id);
  const dataset = series && await store.findDataset(ctx.db, userId, series.dataset_id);
  const market = series && await store.findMarketById(ctx.db, series.market_id);
  if (!manifest || !series || !dataset || !market) throw notFound("candles");
  return await loadFound(ctx, { dataset, market, series, manifest }, range);
}

/** The current revision of a series, of the first dataset that has it, without its candles. */
export async function findSeries(ctx: Ctx, ref: SeriesRef): Promise<FoundSeries> {
  const typeOf = (market: MarketRow) => ref.candleType ?? (market.settle ? "futures" : "spot");
  const { dataset, market, all, picked: series } = await findMarketWith(
    ctx,
    ref,
    ({ market, all }) =>
      all.find((row) => row.candle_type === typeOf(market) && row.timeframe === ref.timeframe) ??
        null,
  );
  const candleType = typeOf(market);
  const manifest = series && await candleStore.findManifest(ctx.db, series.manifest_id);
  if (!series || !manifest) {
    const known = all.map((row) => `${row.timeframe} ${row.candle_type}`).join(", ");
    throw new AppError(
      "NO_CANDLES",
      `Cannot read ${ref.timeframe} ${candleType} candles of "${market.symbol}": ` +
        `dataset "${dataset.name}" has ${known || "none"}`,
    );
  }
  return { dataset, market, series, manifest };
}

/** Keeps the candles of a revision as long as `holder` is there; in the holder's transaction. */
export async function pinSeries(
  tx: Db,
  holder: { kind: string; id: string },
  pins: readonly Pick<SeriesPin, "manifestId">[],
): Promise<void> {
  for (const { manifestId } of pins) await candleStore.insertPin(tx, manifestId, holder);
}

/** Lets go of all that `holder` pinned. */
export async function unpinSeries(tx: Db, holder: { kind: string; id: string }): Promise<void> {
  await candleStore.deletePins(tx, holder);
}

export interface Coverage extends GapReport {
  readonly dataset: string;
  readonly dataset_id: string;
  readonly exchange: string;
  readonly symbol: string;
  readonly candle_type: CandleType;
  readonly timeframe: string;
  readonly revision: number;
  readonly candles: number;
  readonly from: string;
  readonly to: string;
}

/** Lists which candles there are, and what is missing among them. */
export async function listCoverage(
  ctx: Ctx,
  filter: { dataset?: string; exchange?: string; symbol?: string },
  page: PageQuery,
): Promise<Page<Coverage>> {
  const { symbol, exchange } = filter;
  const resolved = symbol === undefined
    ? undefined
    : await resolveMarket(ctx, { ...filter, symbol });
  const datasets = resolved ? [resolved.dataset] : await searchedDatasets(ctx, filter.dataset);
  const marketIds = resolved && [resolved.market.id];
  const datasetIds = datasets.map(({ id }) => id);
  const where = { datasetIds, marketIds, exchange };
  const { rows, total } = await candleStore.listCoverage(ctx.db, where, page);
  const names = new Map(datasets.map(({ id, name }) => [id, name]));
  const items: Coverage[] = [];
  for (const row of rows) items.push(await toCoverage(ctx, row, names.get(row.dataset_id) ?? ""));
  return toPage(items, total, page);
}

/** Reads blocks straight into columns of the final size. */
export async function loadFound(
  ctx: Ctx,
  { dataset, market, series, manifest }: FoundSeries,
  range: Timerange,
): Promise<LoadedSeries> {
  const blocks = await candleStore.listBlocks(ctx.db, manifest.id, range);
  const all = allocateCandles(blocks.reduce((sum, block) => sum + block.candleCount, 0));
  let at = 0;
  for (const { hash, candleCount } of blocks) {
    ctx.signal.throwIfAborted();
    const block = await loadBlock(ctx, hash);
    for (const name of CANDLE_COLUMNS) all[name].set(block[name], at);
    at += candleCount;
  }
  const from = range.start === undefined ? 0 : firstRowAt(all.time, range.start);
  const to = range.stop === undefined ? at : firstRowAt(all.time, range.stop + 1);
  return {
    candles: viewCandles(all, from, to),
    market: { ...toSymbol(market, dataset.name), leverageTiers: JSON.parse(market.leverage_tiers) },
    firstMs: manifest.first_ms,
    lastMs: manifest.last_ms,
    pin: {
      manifestId: manifest.id,
      revision: manifest.revision,
      dataset: dataset.name,
      datasetId: dataset.id,
      exchange: market.exchange,
      symbol: market.symbol,
      candleType: series.candle_type,
      timeframe: series.timeframe,
    },
  };
}

async function toCoverage(ctx: Ctx, row: CoverageRow, dataset: string): Promise<Coverage> {
  const { timeframe, session, candle_type, dataset_id, exchange, symbol, revision } = row;
  const blocks = await candleStore.listBlocks(ctx.db, row.manifest_id);
  return {
    ...{ dataset, dataset_id, exchange, symbol, candle_type, timeframe, revision },
    candles: row.candle_count,
    from: toRfc3339(row.first_ms),
    to: toRfc3339(row.last_ms),
    ...describeGaps(blocks, { timeframe, session, candleType: candle_type }),
  };
}
