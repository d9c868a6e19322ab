/** Series, their manifests, and which blocks those name. The bytes are blobs. */

import type { Kysely } from "kysely";
import { type Db, tables } from "../platform/database/open.ts";
import { readRows } from "../platform/database/rows.ts";
import type { PageQuery } from "../platform/http/schemas.ts";
import type { CandleType } from "./candles/columns.ts";
import type { Gap } from "./candles/gaps.ts";
import type { MarketRow } from "./store.ts";

export interface SeriesRow {
  id: string;
  dataset_id: string;
  market_id: string;
  candle_type: CandleType;
  timeframe: string;
  offset_ms: number;
  revision: number;
  manifest_id: string;
  created_at: number;
  updated_at: number;
}

export interface ManifestRow {
  id: string;
  series_id: string;
  revision: number;
  candle_count: number;
  first_ms: number;
  last_ms: number;
  created_at: number;
}

/** A block as its manifest names it; gaps are those inside the block. */
export interface BlockRef {
  readonly hash: string;
  readonly candleCount: number;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly gaps: readonly Gap[];
}

interface BlockRow {
  manifest_id: string;
  seq: number;
  hash: string;
  candle_count: number;
  first_ms: number;
  last_ms: number;
  gaps: string;
}

interface CandleTables {
  series: SeriesRow;
  manifests: ManifestRow;
  manifest_blocks: BlockRow;
  manifest_pins: { manifest_id: string; holder_kind: string; holder_id: string };
  candle_blocks: { hash: string; touched_at: number };
  markets: MarketRow;
}

function on(db: Db): Kysely<CandleTables> {
  return tables<CandleTables>(db);
}

/** SQLite binds at most 32,766 values in one statement. */
const HASHES_A_QUERY = 10_000;

export async function listSeriesOfMarkets(
  db: Db,
  marketIds: readonly string[],
): Promise<SeriesRow[]> {
  const places = marketIds.map(() => "?").join(", ");
  const statement = `select * from series where market_id in (${places})
    order by candle_type, timeframe`;
  return await readRows<SeriesRow>(db, statement, marketIds);
}

export interface CoverageFilter {
  readonly datasetIds: readonly string[];
  readonly marketIds?: readonly string[];
  readonly exchange?: string;
}

export type CoverageRow =
  & Pick<MarketRow, "exchange" | "symbol" | "session">
  & SeriesRow
  & ManifestRow;

export async function listCoverage(
  db: Db,
  { datasetIds, marketIds, exchange }: CoverageFilter,
  { limit, offset }: PageQuery,
): Promise<{ rows: CoverageRow[]; total: number }> {
  let query = on(db).selectFrom("series")
    .innerJoin("markets", "markets.id", "series.market_id")
    .innerJoin("manifests", "manifests.id", "series.manifest_id")
    .where("series.dataset_id", "in", [...datasetIds, ""]);
  if (marketIds !== undefined) query = query.where("series.market_id", "in", [...marketIds, ""]);
  if (exchange !== undefined) query = query.where("markets.exchange", "=", exchange);
  const rows = await query.selectAll("manifests").selectAll("series")
    .select(["markets.exchange", "markets.symbol", "markets.session"])
    .orderBy("markets.exchange").orderBy("markets.symbol").orderBy("series.candle_type")
    .orderBy("series.timeframe").orderBy("series.id")
    .limit(limit).offset(offset).execute();
  const { total } = await query.select((select) => select.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow();
  return { rows, total };
}

const FIND_MANIFEST_SQL = "select * from manifests where id = ?";

export async function findManifest(db: Db, id: string): Promise<ManifestRow | undefined> {
  return (await readRows<ManifestRow>(db, FIND_MANIFEST_SQL, [id]))[0];
}

/** A series whatever its dataset; callers check that the dataset is visible. */
export async function findSeries(db: Db, id: string): Promise<SeriesRow | undefined> {
  return await on(db).selectFrom("series").selectAll().where("id", "=", id).executeTakeFirst();
}

export async function findSeriesOf(
  db: Db,
  marketId: string,
  candleType: CandleType,
  timeframe: string,
): Promise<SeriesRow | undefined> {
  return await on(db).selectFrom("series").selectAll().where("market_id", "=", marketId)
    .where("candle_type", "=", candleType).where("timeframe", "=", timeframe).executeTakeFirst();
}

/** The blocks that hold candles of a range of opens, both ends inclusive, in order. */
export async function listBlocks(
  db: Db,
  manifestId: string,
  { start = -Infinity, stop = Infinity }: { start?: number; stop?: number } = {},
): Promise<BlockRef[]> {
  let query = on(db).selectFrom("manifest_blocks").selectAll()
    .where("manifest_id", "=", manifestId);
  if (Number.isFinite(start)) query = query.where("last_ms", ">=", start);
  if (Number.isFinite(stop)) query = query.where("first_ms", "<=", stop);
  const rows = await query.orderBy("seq").execute();
  return rows.map((row) => ({
    hash: row.hash,
    candleCount: row.candle_count,
    firstMs: row.first_ms,
    lastMs: row.last_ms,
    gaps: (JSON.parse(row.gaps) as [number, number, number][])
      .map(([from, to, missing]) => ({ from, to, missing })),
  }));
}

export async function insertSeries(tx: Db, row: SeriesRow): Promise<void> {
  await on(tx).insertInto("series").values(row).execute();
}

export async function insertManifest(
  tx: Db,
  row: ManifestRow,
  blocks: readonly BlockRef[],
): Promise<void> {
  await on(tx).insertInto("manifests").values(row).execute();
  const rows = blocks.map((block, seq): BlockRow => ({
    manifest_id: row.id,
    seq,
    hash: block.hash,
    candle_count: block.candleCount,
    first_ms: block.firstMs,
    last_ms: block.lastMs,
    gaps: JSON.stringify(block.gaps.map(({ from, to, missing }) => [from, to, missing])),
  }));
  for (let at = 0; at < rows.length; at += 500) {
    await on(tx).insertInto("manifest_blocks").values(rows.slice(at, at + 500)).execute();
  }
}

/** Points a series at a new manifest; false when another import got there first. */
export async function swapManifest(
  tx: Db,
  seriesId: string,
  expectedRevision: number,
  next: { manifestId: string; now: number },
): Promise<boolean> {
  const result = await on(tx).updateTable("series")
    .set({ revision: expectedRevision + 1, manifest_id: next.manifestId, updated_at: next.now })
    .where("id", "=", seriesId).where("revision", "=", expectedRevision).executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Notes that a block was written or used now, so that no sweep takes it before it is named. */
export async function touchBlock(tx: Db, hash: string, now: number): Promise<void> {
  await on(tx).insertInto("candle_blocks").values({ hash, touched_at: now })
    .onConflict((conflict) => conflict.column("hash").doUpdateSet({ touched_at: now })).execute();
}

export async function countKnownBlocks(tx: Db, hashes: readonly string[]): Promise<number> {
  let known = 0;
  for (let at = 0; at < hashes.length; at += HASHES_A_QUERY) {
    const { count } = await on(tx).selectFrom("candle_blocks")
      .select((select) => select.fn.countAll<number>().as("count"))
      .where("hash", "in", hashes.slice(at, at + HASHES_A_QUERY)).executeTakeFirstOrThrow();
    known += count;
  }
  return known;
}

export async function insertPin(
  tx: Db,
  manifestId: string,
  holder: { kind: string; id: string },
): Promise<void> {
  await on(tx).insertInto("manifest_pins")
    .values({ manifest_id: manifestId, holder_kind: holder.kind, holder_id: holder.id })
    .onConflict((conflict) => conflict.doNothing()).execute();
}

export async function deletePins(tx: Db, holder: { kind: string; id: string }): Promise<void> {
  await on(tx).deleteFrom("manifest_pins")
    .where("holder_kind", "=", holder.kind).where("holder_id", "=", holder.id).execute();
}

/** How many holders have pinned manifests of a dataset. */
export async function countPins(tx: Db, datasetId: string): Promise<number> {
  const { count } = await on(tx).selectFrom("manifest_pins")
    .innerJoin("manifests", "manifests.id", "manifest_pins.manifest_id")
    .innerJoin("series", "series.id", "manifests.series_id")
    .where("series.dataset_id", "=", datasetId)
    .select((select) => select.fn.count<number>("manifest_pins.holder_id").distinct().as("count"))
    .executeTakeFirstOrThrow();
  return count;
}

/** Deletes manifests that are neither current nor pinned and older than `before`. */
export async function deleteOldManifests(tx: Db, before: number): Promise<number> {
  const result = await on(tx).deleteFrom("manifests")
    .where("created_at", "<", before)
    .where("id", "not in", (from) => from.selectFrom("series").select("series.manifest_id"))
    .where("id", "not in", (from) => from.selectFrom("manifest_pins").select("manifest_id"))
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Blocks that no manifest names and nobody touched since `before`. */
export async function listLooseBlocks(tx: Db, before: number, limit: number): Promise<string[]> {
  const rows = await on(tx).selectFrom("candle_blocks").select("hash")
    .where("touched_at", "<", before)
    .where(({ not, exists, selectFrom }) =>
      not(exists(
        selectFrom("manifest_blocks").select("seq")
          .whereRef("manifest_blocks.hash", "=", "candle_blocks.hash"),
      ))
    )
    .limit(limit).execute();
  return rows.map(({ hash }) => hash);
}

export async function deleteBlockRow(tx: Db, hash: string): Promise<void> {
  await on(tx).deleteFrom("candle_blocks").where("hash", "=", hash).execute();
}
