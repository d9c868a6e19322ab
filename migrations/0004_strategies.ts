import type { Migration } from "../api/platform/database/migrate.ts";
import { OWNED_COLUMNS_SQL } from "../api/platform/database/rows.ts";

/** Strategies and their immutable versions. */
export const strategies: Migration = {
  name: "0004_strategies",
  statements: [
    `create table strategies (
      ${OWNED_COLUMNS_SQL},
      name text not null,
      description text not null,
      latest_version integer not null,
      deleted_at integer
    ) strict`,
    `create unique index strategies_by_name on strategies (owner_id, name)
      where deleted_at is null`,
    `create index strategies_by_owner on strategies (owner_id, created_at, row_id)`,
    `create table strategy_versions (
      row_id integer primary key autoincrement,
      id text not null unique,
      strategy_id text not null references strategies (id),
      owner_id text not null,
      number integer not null,
      sha256 text not null,
      code blob not null,
      class_name text,
      created_at integer not null,
      unique (strategy_id, number)
    ) strict`,
    `create trigger strategy_versions_no_update before update on strategy_versions
      begin select raise(abort, 'strategy_versions are immutable'); end`,
  ],
};
