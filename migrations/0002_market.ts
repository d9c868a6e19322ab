import type { Migration } from "../api/platform/database/migrate.ts";
import { OWNED_COLUMNS_SQL } from "../api/platform/database/rows.ts";

/** Candles and markets: datasets, series and their blocks, markets and their spellings. */
export const market: Migration = {
  name: "0002_market",
  statements: [
    `create table datasets (
      ${OWNED_COLUMNS_SQL},
      name text not null,
      unique (owner_id, name)
    ) strict`,
    `insert into datasets (id, owner_id, owner_no, visibility, created_at, updated_at, name)
      values ('00000000-0000-7000-8000-000000000010', '00000000-0000-7000-8000-000000000000', 1,
      'public', 0, 0, 'venue')`,
    `insert into owner_counters (owner_id, kind, last_no)
      values ('00000000-0000-7000-8000-000000000000', 'dataset', 1)`,
    `create table markets (
      row_id integer primary key autoincrement,
      id text not null unique,
      dataset_id text not null references datasets (id) on delete cascade,
      exchange text not null,
      symbol text not null,
      kind text not null check (kind in ('spot', 'swap', 'future')),
      asset_type text not null check (asset_type in ('crypto', 'currency', 'stock')),
      base text not null,
      quote text not null,
      settle text,
      session text not null,
      price_tick text,
      amount_step text,
      limits text not null default '{}' check (json_valid(limits)),
      contract_size text,
      maker_rate text,
      taker_rate text,
      leverage_tiers text not null default '[]' check (json_valid(leverage_tiers)),
      source text not null,
      fetched_at integer not null,
      created_at integer not null,
      updated_at integer not null,
      unique (dataset_id, exchange, symbol)
    ) strict`,
    `create table market_aliases (
      dataset_id text not null references datasets (id) on delete cascade,
      key text not null,
      market_id text not null references markets (id) on delete cascade,
      primary key (dataset_id, key, market_id)
    ) strict, without rowid`,
    `create table series (
      row_id integer primary key autoincrement,
      id text not null unique,
      dataset_id text not null references datasets (id) on delete cascade,
      market_id text not null references markets (id) on delete cascade,
      candle_type text not null
        check (candle_type in ('spot', 'futures', 'mark', 'index', 'funding_rate')),
      timeframe text not null,
      offset_ms integer not null,
      revision integer not null,
      manifest_id text not null,
      created_at integer not null,
      updated_at integer not null,
      unique (market_id, candle_type, timeframe)
    ) strict`,
    `create index series_by_dataset on series (dataset_id)`,
    `create table manifests (
      row_id integer primary key autoincrement,
      id text not null unique,
      series_id text not null references series (id) on delete cascade,
      revision integer not null,
      candle_count integer not null,
      first_ms integer not null,
      last_ms integer not null,
      created_at integer not null,
      unique (series_id, revision)
    ) strict`,
    `create table manifest_blocks (
      manifest_id text not null references manifests (id) on delete cascade,
      seq integer not null,
      hash text not null,
      candle_count integer not null,
      first_ms integer not null,
      last_ms integer not null,
      gaps text not null check (json_valid(gaps)),
      primary key (manifest_id, seq)
    ) strict, without rowid`,
    `create index manifest_blocks_by_hash on manifest_blocks (hash)`,
    `create table manifest_pins (
      manifest_id text not null references manifests (id) on delete cascade,
      holder_kind text not null,
      holder_id text not null,
      primary key (holder_kind, holder_id, manifest_id)
    ) strict, without rowid`,
    `create index manifest_pins_by_manifest on manifest_pins (manifest_id)`,
    `create table candle_blocks (
      hash text primary key,
      touched_at integer not null
    ) strict, without rowid`,
    `create table candle_imports (
      ${OWNED_COLUMNS_SQL},
      dataset_id text not null references datasets (id) on delete cascade,
      series_id text not null references series (id) on delete cascade,
      file_name text not null,
      report text not null check (json_valid(report))
    ) strict`,
    `create index candle_imports_by_owner on candle_imports (owner_id, row_id)`,
    `create index candle_imports_by_dataset on candle_imports (dataset_id, row_id)`,
  ],
};
