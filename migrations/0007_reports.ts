import type { Migration } from "../api/platform/database/migrate.ts";

/** Long blobs in parts; the page that was made of a backtest last, and of what it was made. */
export const reports: Migration = {
  name: "0007_reports",
  statements: [
    `alter table backtests add column report_blob text`,
    `alter table backtests add column report_key text`,
    `create table blob_parts (
      hash text not null references blobs (hash) on delete cascade,
      seq integer not null,
      bytes blob not null,
      primary key (hash, seq)
    ) strict`,
    `create index backtests_by_report on backtests (report_blob)`,
  ],
};
