import type { Migration } from "../api/platform/database/migrate.ts";
import { OWNED_COLUMNS_SQL } from "../api/platform/database/rows.ts";

/** The queue's truth: jobs, where they stopped, who works, and what runs at set times. */
export const jobs: Migration = {
  name: "0003_jobs",
  statements: [
    `create table jobs (
      ${OWNED_COLUMNS_SQL},
      kind text not null,
      payload text not null check (json_valid(payload)),
      status text not null default 'pending'
        check (status in ('pending', 'running', 'completed', 'failed', 'cancelled')),
      priority integer not null check (priority between 0 and 2),
      turn integer not null,
      not_before integer not null default 0,
      cpu_cores integer not null check (cpu_cores >= 1),
      memory_mb integer not null check (memory_mb >= 1),
      estimate_ms integer,
      attempts integer not null default 0,
      failures integer not null default 0,
      deaths integer not null default 0,
      barren_slices integer not null default 0,
      retries_max integer not null,
      fence integer not null default 0,
      lease_owner text,
      lease_until integer,
      cancel_requested integer not null default 0 check (cancel_requested in (0, 1)),
      progress text check (progress is null or json_valid(progress)),
      result text check (result is null or json_valid(result)),
      error_code text,
      error_message text,
      resource_kind text,
      resource_id text,
      request_id text not null,
      ready_at integer not null,
      started_at integer,
      finished_at integer,
      ran_ms integer not null default 0
    ) strict`,
    `create index jobs_in_turn on jobs (status, priority, turn, id)`,
    `create index jobs_of_owner_in_turn on jobs (owner_id, status, priority, turn)`,
    `create index jobs_of_owner_by_age on jobs (owner_id, created_at, row_id)`,
    `create index jobs_by_lease on jobs (status, lease_until)`,
    `create index jobs_by_resource on jobs (resource_kind, resource_id)`,
    `create table job_turns (priority integer primary key, turn integer not null) strict`,
    `insert into job_turns (priority, turn) values (0, 0), (1, 0), (2, 0)`,
    `create table job_checkpoints (
      job_id text primary key references jobs (id) on delete cascade,
      bytes blob not null,
      saved_at integer not null
    ) strict`,
    `create table job_workers (
      id text primary key,
      cpu_cores integer not null,
      memory_mb integer not null,
      running integer not null,
      kinds text not null check (json_valid(kinds)),
      started_at integer not null,
      seen_at integer not null
    ) strict`,
    `create table schedules (
      name text primary key,
      kind text not null,
      every_ms integer not null check (every_ms >= 1),
      next_at integer not null,
      lease_owner text,
      lease_until integer not null default 0,
      fence integer not null default 0,
      ran_at integer,
      error_message text
    ) strict`,
    `create index schedules_by_time on schedules (kind, next_at)`,
  ],
};
