import type { Migration } from "../api/platform/database/migrate.ts";
import { OWNED_COLUMNS_SQL } from "../api/platform/database/rows.ts";

/** Users, what every write verb leaves behind, and the platform's own tables. */
export const foundation: Migration = {
  name: "0001_foundation",
  statements: [
    `create table users (
      row_id integer primary key autoincrement,
      id text not null unique,
      username text not null,
      username_folded text not null unique,
      email text not null,
      email_folded text not null unique,
      full_name text,
      role text not null default 'user' check (role in ('user', 'admin', 'system')),
      is_active integer not null default 1 check (is_active in (0, 1)),
      preferences text not null default '{}' check (json_valid(preferences)),
      access_version integer not null default 1,
      version integer not null default 1,
      created_at integer not null,
      updated_at integer not null
    ) strict`,
    `insert into users (id, username, username_folded, email, email_folded, role, is_active,
      created_at, updated_at)
      values ('00000000-0000-7000-8000-000000000000', 'system', 'system', 'system@localhost',
      'system@localhost', 'system', 0, 0, 0)`,
    `create table credentials (
      user_id text primary key references users (id),
      password_hash text not null,
      changed_at integer not null
    ) strict, without rowid`,
    `create table owner_counters (
      owner_id text not null, kind text not null, last_no integer not null,
      primary key (owner_id, kind)
    ) strict, without rowid`,
    `create table signing_keys (
      id text primary key,
      sealed text not null,
      created_at integer not null,
      retired_at integer
    ) strict`,
    `create table sessions (
      id text primary key,
      user_id text not null references users (id),
      access_version integer not null,
      generation integer not null default 0,
      token_id text not null,
      revoked_at integer,
      revoked_reason text,
      address text,
      user_agent text,
      created_at integer not null,
      used_at integer not null,
      expires_at integer not null
    ) strict`,
    `create index sessions_by_user on sessions (user_id, created_at)`,
    `create index sessions_by_expiry on sessions (expires_at)`,
    `create table api_tokens (
      ${OWNED_COLUMNS_SQL},
      name text not null,
      token_hash text not null unique,
      last4 text not null,
      scopes text not null check (json_valid(scopes)),
      addresses text check (addresses is null or json_valid(addresses)),
      access_version integer not null,
      expires_at integer,
      used_at integer,
      used_address text
    ) strict`,
    `create index api_tokens_by_owner on api_tokens (owner_id, created_at)`,
    `create table password_resets (
      user_id text primary key references users (id),
      token_hash text not null unique,
      created_at integer not null,
      expires_at integer not null
    ) strict, without rowid`,
    `create table invalidations (
      seq integer primary key autoincrement,
      topic text not null,
      key text not null,
      created_at integer not null
    ) strict`,
    `create index invalidations_by_age on invalidations (created_at)`,
    `create table idempotency_keys (
      owner_id text not null,
      key text not null,
      request_hash text not null,
      resource_kind text not null,
      resource_id text not null,
      status integer not null,
      created_at integer not null,
      primary key (owner_id, key)
    ) strict, without rowid`,
    `create index idempotency_keys_by_age on idempotency_keys (created_at)`,
    `create table blobs (
      hash text primary key, bytes blob not null, size integer not null, created_at integer not null
    ) strict`,
    `create table audit_actions (
      row_id integer primary key autoincrement,
      id text not null unique,
      actor_id text,
      owner_id text,
      action text not null,
      resource_kind text not null,
      resource_id text,
      before text check (before is null or json_valid(before)),
      after text check (after is null or json_valid(after)),
      address text,
      request_id text not null,
      created_at integer not null
    ) strict`,
    `create index audit_actions_by_owner on audit_actions (owner_id, row_id)`,
    `create index audit_actions_by_actor on audit_actions (actor_id, row_id)`,
    `create trigger audit_actions_no_update before update on audit_actions
      begin select raise(abort, 'audit_actions is append-only'); end`,
    `create trigger audit_actions_no_delete before delete on audit_actions
      begin select raise(abort, 'audit_actions is append-only'); end`,
    `create table access_log (
      row_id integer primary key autoincrement,
      request_id text not null,
      user_id text,
      session_id text,
      api_token_id text,
      method text not null,
      path text not null,
      status integer not null,
      duration_ms real not null,
      address text,
      user_agent text,
      created_at integer not null
    ) strict`,
    `create index access_log_by_age on access_log (created_at)`,
    `create index access_log_by_user on access_log (user_id, row_id)`,
    `create index access_log_by_request on access_log (request_id)`,
    `create table events (
      row_id integer primary key autoincrement,
      owner_id text not null,
      seq integer not null,
      type text not null,
      resource_kind text not null,
      resource_id text not null,
      data text not null check (json_valid(data)),
      created_at integer not null,
      unique (owner_id, seq)
    ) strict`,
    `create table event_sequences (
      owner_id text primary key, last_seq integer not null
    ) strict, without rowid`,
  ],
};
