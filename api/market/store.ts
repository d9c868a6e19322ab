/** Datasets, markets with their spellings, and the record of imports. */

import type { Kysely } from "kysely";
import { type Db, tables } from "../platform/database/open.ts";
import { type OwnedColumns, readRows } from "../platform/database/rows.ts";
import type { PageQuery } from "../platform/http/schemas.ts";
import type { AssetType } from "./candles/pair.ts";
import type { Session } from "./candles/session.ts";

export interface DatasetRow extends OwnedColumns {
  name: string;
}

export interface MarketRow {
  id: string;
  dataset_id: string;
  exchange: string;
  symbol: string;
  kind: "spot" | "swap" | "future";
  asset_type: AssetType;
  base: string;
  quote: string;
  settle: string | null;
  session: Session;
  price_tick: string | null;
  amount_step: string | null;
  /** JSON objects as text. */
  limits: string;
  contract_size: string | null;
  maker_rate: string | null;
  taker_rate: string | null;
  leverage_tiers: string;
  source: string;
  fetched_at: number;
  created_at: number;
  updated_at: number;
}

export interface ImportRow extends OwnedColumns {
  dataset_id: string;
  series_id: string;
  file_name: string;
  /** JSON as text. */
  report: string;
}

export interface MarketTables {
  datasets: DatasetRow;
  markets: MarketRow;
  market_aliases: { dataset_id: string; key: string; market_id: string };
  candle_imports: ImportRow;
}

function on(db: Db): Kysely<MarketTables> {
  return tables<MarketTables>(db);
}

/** Datasets the user owns, in order of creation, then those everybody may read. */
export async function listDatasets(
  db: Db,
  userId: string,
  { limit, offset }: PageQuery,
): Promise<{ rows: DatasetRow[]; total: number }> {
  const visible = on(db).selectFrom("datasets")
    .where((where) =>
      where.or([where("owner_id", "=", userId), where("visibility", "=", "public")])
    );
  const rows = await visible.selectAll().orderBy("created_at").orderBy("id")
    .limit(limit).offset(offset).execute();
  const { total } = await visible.select((select) => select.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow();
  return { rows, total };
}

/** Every dataset a lookup without a name goes through: the user's own first, then the shared. */
const SEARCHED_DATASETS_SQL = `select * from datasets where owner_id = ? or visibility = 'public'
  order by created_at, id limit 1000`;

export async function listDatasetsToSearch(db: Db, userId: string): Promise<DatasetRow[]> {
  const rows = await readRows<DatasetRow>(db, SEARCHED_DATASETS_SQL, [userId]);
  const isOwn = (row: DatasetRow) => row.owner_id === userId;
  return [...rows.filter(isOwn), ...rows.filter((row) => !isOwn(row))];
}

/** By id or by name; the user's own comes before a shared one of that name. */
export async function findDataset(
  db: Db,
  userId: string,
  idOrName: string,
): Promise<DatasetRow | undefined> {
  const rows = await on(db).selectFrom("datasets").selectAll()
    .where((where) => where.or([where("id", "=", idOrName), where("name", "=", idOrName)]))
    .where((where) =>
      where.or([where("owner_id", "=", userId), where("visibility", "=", "public")])
    )
    .execute();
  return rows.find((row) => row.owner_id === userId) ?? rows[0];
}

export async function insertDataset(tx: Db, row: DatasetRow): Promise<void> {
  await on(tx).insertInto("datasets").values(row).execute();
}

export async function deleteDataset(tx: Db, id: string): Promise<void> {
  await on(tx).deleteFrom("datasets").where("id", "=", id).execute();
}

/** Markets that one of these keys names, in the given datasets. */
export async function findMarketsByKey(
  db: Db,
  datasetIds: readonly string[],
  key: string,
): Promise<MarketRow[]> {
  if (datasetIds.length === 0) return [];
  const places = datasetIds.map(() => "?").join(", ");
  const statement = `select m.* from market_aliases as a join markets as m on m.id = a.market_id
    where a.dataset_id in (${places}) and a.key = ? order by m.symbol limit 1000`;
  return await readRows<MarketRow>(db, statement, [...datasetIds, key]);
}

export async function findMarket(
  db: Db,
  datasetId: string,
  exchange: string,
  symbol: string,
): Promise<MarketRow | undefined> {
  return await on(db).selectFrom("markets").selectAll()
    .where("dataset_id", "=", datasetId).where("exchange", "=", exchange)
    .where("symbol", "=", symbol).executeTakeFirst();
}

/** A market whatever its dataset; callers check that the dataset is visible. */
export async function findMarketById(db: Db, id: string): Promise<MarketRow | undefined> {
  return await on(db).selectFrom("markets").selectAll().where("id", "=", id).executeTakeFirst();
}

export interface SymbolFilter {
  readonly datasetIds: readonly string[];
  readonly exchange?: string;
  readonly quote?: string;
}

export async function listMarkets(
  db: Db,
  { datasetIds, exchange, quote }: SymbolFilter,
  { limit, offset }: PageQuery,
): Promise<{ rows: MarketRow[]; total: number }> {
  let query = on(db).selectFrom("markets").where("dataset_id", "in", [...datasetIds, ""]);
  if (exchange !== undefined) query = query.where("exchange", "=", exchange);
  if (quote !== undefined) query = query.where("quote", "=", quote);
  const rows = await query.selectAll().orderBy("exchange").orderBy("symbol").orderBy("id")
    .limit(limit).offset(offset).execute();
  const { total } = await query.select((select) => select.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow();
  return { rows, total };
}

/** Inserts a market with its spellings, or updates the rules of the one that is there. */
export async function upsertMarket(
  tx: Db,
  row: MarketRow,
  keys: readonly string[],
): Promise<MarketRow> {
  const { id: _id, created_at: _created, ...rules } = row;
  const market = await on(tx).insertInto("markets").values(row)
    .onConflict((conflict) =>
      conflict.columns(["dataset_id", "exchange", "symbol"]).doUpdateSet(rules)
    )
    .returningAll().executeTakeFirstOrThrow();
  for (const key of keys) {
    await on(tx).insertInto("market_aliases")
      .values({ dataset_id: row.dataset_id, key, market_id: market.id })
      .onConflict((conflict) => conflict.doNothing()).execute();
  }
  return market;
}

export async function insertImport(tx: Db, row: ImportRow): Promise<void> {
  await on(tx).insertInto("candle_imports").values(row).execute();
}

export async function findImport(
  db: Db,
  ownerId: string,
  id: string,
): Promise<ImportRow | undefined> {
  return await on(db).selectFrom("candle_imports").selectAll()
    .where("id", "=", id).where("owner_id", "=", ownerId).executeTakeFirst();
}

export async function listImports(
  db: Db,
  ownerId: string,
  datasetId: string,
  { limit, offset }: PageQuery,
): Promise<{ rows: ImportRow[]; total: number }> {
  const query = on(db).selectFrom("candle_imports")
    .where("owner_id", "=", ownerId).where("dataset_id", "=", datasetId);
  const rows = await query.selectAll().orderBy("created_at", "desc").orderBy("id")
    .limit(limit).offset(offset).execute();
  const { total } = await query.select((select) => select.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow();
  return { rows, total };
}
