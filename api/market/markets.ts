/** Markets: found by any spelling, and their rules. */

import { toRfc3339 } from "../platform/clock.ts";
import { type Ctx, requireActor } from "../platform/context.ts";
import type { Db } from "../platform/database/open.ts";
import { AppError, invalidField, notFound } from "../platform/errors.ts";
import { toPage } from "../platform/http/pages.ts";
import type { Page, PageQuery } from "../platform/http/schemas.ts";
import { write } from "../platform/write.ts";
import {
  aliasKeys,
  type AssetType,
  assetTypeOf,
  formatPair,
  type PairParts,
  parsePair,
  symbolKey,
} from "./candles/pair.ts";
import type { Session } from "./candles/session.ts";
import { listSeriesOfMarkets, type SeriesRow } from "./candle_store.ts";
import { findWritableDataset } from "./datasets.ts";
import type { MarketRules, MarketsFile, MarketSymbol } from "./schema.ts";
import * as store from "./store.ts";
import type { DatasetRow, MarketRow } from "./store.ts";

/** How a caller names a market. */
export interface MarketRef {
  /** Any spelling. */
  readonly symbol: string;
  /** Without it `DEFAULT_EXCHANGE`. */
  readonly exchange?: string;
  /** Id or name; without it the caller's own datasets, then the shared one. */
  readonly dataset?: string;
}

export interface ResolvedMarket {
  readonly dataset: DatasetRow;
  readonly market: MarketRow;
}

/** A market with the series it has; a market that only has rules has none. */
export interface MarketSeries extends ResolvedMarket {
  readonly all: readonly SeriesRow[];
}

const SESSION_OF: Readonly<Record<AssetType, Session>> = {
  crypto: "always",
  currency: "fx_week",
  stock: "exchange_days",
};

/**
 * Finds one market: of the first dataset that has candles of it, or of the first that knows it.
 * 404 for none, 422 with the candidates for several.
 */
export async function resolveMarket(ctx: Ctx, ref: MarketRef): Promise<ResolvedMarket> {
  return await findMarketWith(ctx, ref, ({ all }) => all[0] ?? null);
}

/** The first of the datasets' markets that has what is asked for, or the first of all. */
export async function findMarketWith<T>(
  ctx: Ctx,
  ref: MarketRef,
  pick: (market: MarketSeries) => T | null,
): Promise<MarketSeries & { readonly picked: T | null }> {
  const found = await findMarkets(ctx, ref);
  const all = await listSeriesOfMarkets(ctx.db, found.map(({ market }) => market.id));
  const markets = found.map((each): MarketSeries => ({
    ...each,
    all: all.filter((series) => series.market_id === each.market.id),
  }));
  for (const market of markets) {
    const picked = pick(market);
    if (picked !== null) return { ...market, picked };
  }
  const [first] = markets;
  if (first === undefined) throw new Error("A market that was found is gone from the list");
  return { ...first, picked: null };
}

/** What the symbol means in each dataset, in the order in which they are searched; at least one. */
async function findMarkets(ctx: Ctx, ref: MarketRef): Promise<readonly ResolvedMarket[]> {
  const found: ResolvedMarket[] = [];
  const datasets = await searchedDatasets(ctx, ref.dataset);
  const exchange = ref.exchange ?? ctx.settings.DEFAULT_EXCHANGE;
  const ids = datasets.map(({ id }) => id);
  const all = await store.findMarketsByKey(ctx.db, ids, symbolKey(ref.symbol));
  const elsewhere = new Set<string>();
  for (const dataset of datasets) {
    const known = all.filter((row) => row.dataset_id === dataset.id);
    known.forEach((row) => elsewhere.add(row.exchange));
    const here = known.filter((row) => row.exchange === exchange);
    const exact = here.find((row) => row.symbol === ref.symbol.toUpperCase());
    const [only] = here;
    if (exact) found.push({ dataset, market: exact });
    else if (only && here.length === 1) found.push({ dataset, market: only });
    else if (here.length > 1 && found.length > 0) break;
    else if (here.length > 1) throw ambiguous(ref.symbol, here);
  }
  if (found.length > 0) return found;
  const hint = elsewhere.size > 0 ? `, but on ${[...elsewhere].sort().join(", ")}` : "";
  throw new AppError(
    "NOT_FOUND",
    `Cannot find symbol "${ref.symbol}": it has no candles on exchange "${exchange}"${hint}`,
  );
}

/** Lists the markets the caller may read. */
export async function listSymbols(
  ctx: Ctx,
  filter: { dataset?: string; exchange?: string; quote?: string },
  page: PageQuery,
): Promise<Page<MarketSymbol>> {
  const datasets = await searchedDatasets(ctx, filter.dataset);
  const { exchange, quote } = filter;
  const datasetIds = datasets.map(({ id }) => id);
  const { rows, total } = await store.listMarkets(ctx.db, { datasetIds, exchange, quote }, page);
  const names = new Map(datasets.map(({ id, name }) => [id, name]));
  return toPage(rows.map((row) => toSymbol(row, names.get(row.dataset_id) ?? "")), total, page);
}

/** Stores the rules of a dataset's markets, from a markets file. */
export async function importMarkets(
  ctx: Ctx,
  input: { dataset: string; exchange?: string; markets: MarketsFile },
): Promise<{ updated: number }> {
  const exchange = input.exchange ?? ctx.settings.DEFAULT_EXCHANGE;
  const rows = Object.entries(input.markets).map(([symbol, rules]) => {
    const pair = parsePair(symbol.toUpperCase());
    if (!pair) throw invalidField(["body", symbol], "Expected BASE/QUOTE or BASE/QUOTE:SETTLE");
    return { pair, rules };
  });
  const spec = { scope: "backtest:run", action: "markets.import", kind: "dataset" } as const;
  return await write(ctx, spec, async (tx) => {
    const dataset = await findWritableDataset(ctx, tx, input.dataset);
    for (const { pair, rules } of rows) {
      const known = await store.findMarket(tx, dataset.id, exchange, formatPair(pair));
      const kept = { asset_type: known?.asset_type, session: known?.session };
      const merged = { ...kept, ...rules };
      const source = "markets-file";
      const fresh = newMarket(ctx, { dataset, exchange, pair, rules: merged, source });
      await store.upsertMarket(tx, fresh, aliasKeys(pair, fresh.asset_type));
    }
    const after = { exchange, symbols: rows.length };
    const event = { type: "markets.imported", data: after };
    const answer = { updated: rows.length };
    return { resourceId: dataset.id, ownerId: dataset.owner_id, after, event, answer };
  });
}

/** The market of an import, made when it is the dataset's first of that symbol. */
export async function ensureMarket(
  ctx: Ctx,
  tx: Db,
  input: Omit<NewMarket, "rules"> & { assetType?: AssetType },
): Promise<MarketRow> {
  const { dataset, exchange, pair, assetType } = input;
  const known = await store.findMarket(tx, dataset.id, exchange, formatPair(pair));
  if (known) return known;
  const fresh = newMarket(ctx, { ...input, rules: { asset_type: assetType } });
  return await store.upsertMarket(tx, fresh, aliasKeys(pair, fresh.asset_type));
}

/** The session of a market that an import is about to make. */
export function sessionOf(pair: PairParts, assetType: AssetType | undefined): Session {
  return SESSION_OF[assetType ?? assetTypeOf(pair)];
}

/** The datasets a lookup goes through, in order. */
export async function searchedDatasets(ctx: Ctx, dataset?: string): Promise<DatasetRow[]> {
  const { userId } = requireActor(ctx, "read");
  if (dataset === undefined) return await store.listDatasetsToSearch(ctx.db, userId);
  const row = await store.findDataset(ctx.db, userId, dataset);
  if (!row) throw notFound("dataset");
  return [row];
}

interface NewMarket {
  readonly dataset: DatasetRow;
  readonly exchange: string;
  readonly pair: PairParts;
  readonly rules: MarketRules;
  readonly source: string;
}

function newMarket(ctx: Ctx, { dataset, exchange, pair, rules, source }: NewMarket): MarketRow {
  const now = ctx.clock.now();
  const assetType = rules.asset_type ?? assetTypeOf(pair);
  return {
    id: ctx.ids.uuid(),
    dataset_id: dataset.id,
    exchange,
    symbol: formatPair(pair),
    kind: kindOf(pair),
    asset_type: assetType,
    base: pair.base,
    quote: pair.quote,
    // A dated future carries its expiry behind the settle currency: BTC/USDT:USDT-240329.
    settle: pair.settle?.split("-")[0] ?? null,
    session: rules.session ?? SESSION_OF[assetType],
    price_tick: rules.precision?.price ?? null,
    amount_step: rules.precision?.amount ?? null,
    limits: JSON.stringify(rules.limits ?? {}),
    contract_size: rules.contractSize ?? null,
    maker_rate: rules.maker ?? null,
    taker_rate: rules.taker ?? null,
    leverage_tiers: JSON.stringify(rules.leverage_tiers ?? []),
    source,
    fetched_at: now,
    created_at: now,
    updated_at: now,
  };
}

function kindOf({ settle }: PairParts): MarketRow["kind"] {
  if (settle === undefined) return "spot";
  return settle.includes("-") ? "future" : "swap";
}

function ambiguous(symbol: string, candidates: readonly MarketRow[]): AppError {
  const symbols = candidates.map((row) => row.symbol);
  return new AppError(
    "AMBIGUOUS_SYMBOL",
    `Cannot tell which market "${symbol}" means: use one of ${symbols.join(", ")}`,
    { details: { candidates: symbols } },
  );
}

/** A market as clients see it. */
export function toSymbol(row: MarketRow, dataset: string): MarketSymbol {
  const { symbol, exchange, dataset_id, kind, asset_type, base, quote, settle, session } = row;
  const { price_tick, amount_step, contract_size, maker_rate, taker_rate, source } = row;
  return {
    ...{ symbol, exchange, dataset, dataset_id, kind, asset_type, base, quote, settle, session },
    ...{ price_tick, amount_step, contract_size, maker_rate, taker_rate, source },
    limits: JSON.parse(row.limits),
    fetched_at: toRfc3339(row.fetched_at),
  };
}
