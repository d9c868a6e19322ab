import type { Migration } from "../api/platform/database/migrate.ts";
import { OWNED_COLUMNS_SQL } from "../api/platform/database/rows.ts";

/** Backtests with what they pinned and what came out. */
export const backtests: Migration = {
  name: "0005_backtests",
  statements: [
    `create table backtests (
      ${OWNED_COLUMNS_SQL},
      strategy_id text not null references strategies (id),
      strategy_version_id text not null references strategy_versions (id),
      strategy_name text not null,
      job_id text not null,
      status text not null
        check (status in ('pending', 'running', 'completed', 'failed', 'cancelled')),
      request text not null check (json_valid(request)),
      plan text not null check (json_valid(plan)),
      summary text check (summary is null or json_valid(summary)),
      result_blob text,
      result_hash text,
      statistics_blob text,
      plots_blob text,
      error text check (error is null or json_valid(error)),
      started_at integer,
      completed_at integer
    ) strict`,
    `create index backtests_by_owner on backtests (owner_id, created_at, row_id)`,
    `create index backtests_by_strategy on backtests (strategy_id)`,
    `create index backtests_by_result on backtests (result_blob)`,
    `create index backtests_by_statistics on backtests (statistics_blob)`,
    `create index backtests_by_plots on backtests (plots_blob)`,
  ],
};
