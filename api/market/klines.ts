/** Candles and last prices for clients. */

import { toRfc3339 } from "../platform/clock.ts";
import { type Ctx, requireActor } from "../platform/context.ts";
import { decimalOfNumber } from "../platform/decimal.ts";
import { AppError } from "../platform/errors.ts";
import { joinMembers, type RenderedJson } from "../platform/http/rendered.ts";
import * as candleStore from "./candle_store.ts";
import { type CandleColumns, type CandleType, viewCandles } from "./candles/columns.ts";
import { canResample, resampleCandles } from "./candles/resample.ts";
import { floorToTimeframe, nextOpen, timeframeMs } from "./candles/timeframe.ts";
import type { KlineTexts } from "./kline_texts.ts";
import { findMarketWith, type MarketRef } from "./markets.ts";
import type { KlinesAnswer } from "./schema.ts";
import type { MarketRow } from "./store.ts";
import { type FoundSeries, loadFound } from "./series.ts";

export interface KlinesInput extends MarketRef {
  readonly interval: string;
  readonly limit: number;
  /** Opens, both inclusive, epoch milliseconds. */
  readonly start?: number;
  readonly end?: number;
  readonly candleType?: CandleType;
}

export interface Klines {
  readonly candles: CandleColumns;
  readonly candleType: CandleType;
  readonly found: FoundSeries;
}

/** Longer candles are made from at most so many shorter ones. */
const RESAMPLE_ROWS_MAX = 300_000;

/**
 * The latest `limit` candles up to `end`, or the first ones from `start` on. An interval that is
 * not stored is made from the longest stored one that divides it.
 */
export async function getKlines(ctx: Ctx, input: KlinesInput): Promise<Klines> {
  requireActor(ctx, "read");
  return await readKlines(ctx, await findSource(ctx, input), input);
}

/** The klines' answer as text; candles of a revision that was asked for before are not read again. */
export async function renderKlines(
  ctx: Ctx,
  input: KlinesInput,
  texts: KlineTexts,
): Promise<RenderedJson<KlinesAnswer>> {
  requireActor(ctx, "read");
  const found = await findSource(ctx, input);
  const { symbol, interval, limit, start, end } = input;
  const key = `${found.manifest.id} ${interval} ${limit} ${start ?? ""} ${end ?? ""}`;
  let rows = texts.get(key);
  if (rows === undefined) {
    rows = JSON.stringify(toKlineRows((await readKlines(ctx, found, input)).candles));
    texts.set(key, rows);
  }
  const head = {
    symbol,
    interval,
    market: found.market.symbol,
    exchange: found.market.exchange,
    dataset: found.dataset.name,
    candle_type: found.series.candle_type,
    source: found.market.source,
  };
  const text = joinMembers(head, `"data":${rows}`);
  return { text, version: `${key} ${JSON.stringify(head)}` };
}

async function readKlines(ctx: Ctx, found: FoundSeries, input: KlinesInput): Promise<Klines> {
  const { timeframe } = found.series;
  const { interval, limit, start, end = found.manifest.last_ms } = input;
  const stepMs = timeframeMs(interval);
  const stop = timeframe === interval
    ? end
    : nextOpen(floorToTimeframe(end, interval), interval) - 1;
  const blocks = await candleStore.listBlocks(ctx.db, found.manifest.id, { start, stop });
  const ratio = timeframe === interval ? 1 : stepMs / timeframeMs(timeframe);
  const rows = Math.ceil((limit + 1) * ratio) + 1;
  if (rows > RESAMPLE_ROWS_MAX) throw tooMany(input, timeframe);
  const range = start === undefined ? { start: oldestNeeded(blocks, rows), stop } : {
    start: ratio === 1 ? start : ceilToInterval(start, interval),
    stop: newestNeeded(blocks, rows, stop),
  };
  const loaded = await loadFound(ctx, found, range);
  const made = ratio === 1 ? loaded.candles : resampleCandles(loaded.candles, timeframe, interval);
  const count = made.time.length;
  const candles = start === undefined
    ? viewCandles(made, Math.max(0, count - limit), count)
    : viewCandles(made, 0, Math.min(limit, count));
  return { candles, candleType: found.series.candle_type, found };
}

/** The candles as the documents show them. */
function toKlineRows(candles: CandleColumns): KlinesAnswer["data"] {
  const text = (column: Float64Array, row: number) => decimalText(column[row] ?? NaN);
  return Array.from(candles.time, (time, row) => ({
    timestamp: toRfc3339(time),
    open: text(candles.open, row),
    high: text(candles.high, row),
    low: text(candles.low, row),
    close: text(candles.close, row),
    volume: Number.isNaN(candles.volume[row]) ? null : text(candles.volume, row),
  }));
}

/** `decimalOfNumber`, without its cost where the number's own text says the same. */
function decimalText(value: number): string {
  const text = String(value);
  return /^\d{1,15}(\.\d{1,12})?$/.test(text) ? text : decimalOfNumber(value);
}

export interface Ticker {
  readonly price: string;
  /** When the last candle closed. */
  readonly timestamp: string;
  readonly found: Omit<FoundSeries, "manifest">;
}

/** The close of the market's latest candle, of the shortest timeframe among equals. */
export async function getTicker(ctx: Ctx, ref: MarketRef): Promise<Ticker> {
  requireActor(ctx, "read");
  const { dataset, market, picked } = await findMarketWith(ctx, ref, ({ market, all }) => {
    const traded = all.filter((row) => row.candle_type === (market.settle ? "futures" : "spot"));
    return traded.length > 0 ? traded : null;
  });
  const traded = picked ?? [];
  let latest: { series: typeof traded[number]; closeMs: number; found: FoundSeries } | undefined;
  for (const series of traded) {
    const manifest = await candleStore.findManifest(ctx.db, series.manifest_id);
    if (!manifest) continue;
    const closeMs = nextOpen(manifest.last_ms, series.timeframe);
    const isShorter = latest && closeMs === latest.closeMs &&
      timeframeMs(series.timeframe) < timeframeMs(latest.series.timeframe);
    if (!latest || closeMs > latest.closeMs || isShorter) {
      latest = { series, closeMs, found: { dataset, market, series, manifest } };
    }
  }
  if (!latest) {
    throw new AppError(
      "NO_CANDLES",
      `Cannot tell the price of "${market.symbol}": it has no candles`,
    );
  }
  const { found, closeMs } = latest;
  const { candles } = await loadFound(ctx, found, { start: found.manifest.last_ms });
  const price = decimalOfNumber(candles.close.at(-1) ?? NaN);
  return { price, timestamp: toRfc3339(closeMs), found };
}

/** The stored series of the interval, else the longest shorter one it can be made from. */
async function findSource(ctx: Ctx, input: KlinesInput): Promise<FoundSeries> {
  const typeOf = (market: MarketRow) => input.candleType ?? (market.settle ? "futures" : "spot");
  const found = await findMarketWith(ctx, input, ({ market, all }) => {
    const typed = all.filter((row) => row.candle_type === typeOf(market));
    const parts = typed.filter((row) => canResample(row.timeframe, input.interval))
      .toSorted((a, b) => timeframeMs(b.timeframe) - timeframeMs(a.timeframe));
    const stored = typed.find((row) => row.timeframe === input.interval);
    return stored ?? (typeOf(market) === "funding_rate" ? null : parts[0] ?? null);
  });
  const { dataset, market, picked: series } = found;
  const manifest = series && await candleStore.findManifest(ctx.db, series.manifest_id);
  if (series && manifest) return { dataset, market, series, manifest };
  const candleType = typeOf(market);
  const known = found.all.filter((row) => row.candle_type === candleType)
    .map((row) => row.timeframe).join(", ");
  throw new AppError(
    "NO_CANDLES",
    `Cannot read ${input.interval} ${candleType} candles of "${market.symbol}": ` +
      `dataset "${dataset.name}" has ${known || "none"}`,
  );
}

interface BlockSpan {
  readonly candleCount: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

/** Where the last blocks that together hold `rows` candles begin, one more to be safe of cuts. */
function oldestNeeded(blocks: readonly BlockSpan[], rows: number): number | undefined {
  let left = rows;
  for (const block of blocks.toReversed()) {
    if (left <= 0) return block.firstMs;
    left -= block.candleCount;
  }
  return undefined;
}

function newestNeeded(blocks: readonly BlockSpan[], rows: number, stop: number): number {
  let left = rows;
  for (const block of blocks) {
    if (left <= 0) return Math.min(stop, block.lastMs);
    left -= block.candleCount;
  }
  return stop;
}

function ceilToInterval(time: number, interval: string): number {
  const floor = floorToTimeframe(time, interval);
  return floor === time ? time : nextOpen(floor, interval);
}

function tooMany({ interval, limit }: KlinesInput, timeframe: string): AppError {
  return new AppError(
    "LIMIT_EXCEEDED",
    `Cannot make ${limit} candles of ${interval} from ${timeframe} ones: ask for fewer`,
  );
}
