/** The audit trail, read; and the access log, read and written. */
import { sql } from "kysely";
import { type Db, tables } from "../platform/database/open.ts";
import { likeText } from "../platform/database/rows.ts";

export interface AuditRow {
  row_id: number;
  id: string;
  actor_id: string | null;
  owner_id: string | null;
  action: string;
  resource_kind: string;
  resource_id: string | null;
  before: string | null;
  after: string | null;
  address: string | null;
  request_id: string;
  created_at: number;
}

export interface AccessRow {
  row_id: number;
  request_id: string;
  user_id: string | null;
  session_id: string | null;
  api_token_id: string | null;
  method: string;
  path: string;
  status: number;
  duration_ms: number;
  address: string | null;
  user_agent: string | null;
  created_at: number;
}

interface AuditTables {
  audit_actions: AuditRow;
  access_log: AccessRow;
}

interface Slice {
  readonly limit: number;
  readonly offset: number;
  /** Epoch milliseconds, the end excluded. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

export interface AuditFilter extends Slice {
  /** Absent: everybody's, for admins. */
  readonly actorId?: string | undefined;
  readonly action?: string | undefined;
  readonly resourceKind?: string | undefined;
  readonly resourceId?: string | undefined;
}

/** Newest first. */
export async function listAuditRows(
  db: Db,
  { actorId, action, resourceKind, resourceId, from, to, limit, offset }: AuditFilter,
): Promise<{ rows: AuditRow[]; total: number }> {
  let found = tables<AuditTables>(db).selectFrom("audit_actions");
  if (actorId !== undefined) found = found.where("actor_id", "=", actorId);
  if (action !== undefined) found = found.where("action", "=", action);
  if (resourceKind !== undefined) found = found.where("resource_kind", "=", resourceKind);
  if (resourceId !== undefined) found = found.where("resource_id", "=", resourceId);
  if (from !== undefined) found = found.where("created_at", ">=", from);
  if (to !== undefined) found = found.where("created_at", "<", to);
  const { total } = await found.select((each) => each.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow();
  const rows = await found.selectAll().orderBy("row_id", "desc")
    .limit(limit).offset(offset).execute();
  return { rows, total };
}

export interface AccessFilter extends Slice {
  readonly userId?: string | undefined;
  readonly method?: string | undefined;
  /** How the path begins. */
  readonly path?: string | undefined;
  readonly status?: number | undefined;
  readonly address?: string | undefined;
}

/** Newest first. */
export async function listAccessRows(
  db: Db,
  { userId, method, path, status, address, from, to, limit, offset }: AccessFilter,
): Promise<{ rows: AccessRow[]; total: number }> {
  let found = tables<AuditTables>(db).selectFrom("access_log");
  if (userId !== undefined) found = found.where("user_id", "=", userId);
  if (method !== undefined) found = found.where("method", "=", method);
  if (status !== undefined) found = found.where("status", "=", status);
  if (address !== undefined) found = found.where("address", "=", address);
  if (from !== undefined) found = found.where("created_at", ">=", from);
  if (to !== undefined) found = found.where("created_at", "<", to);
  if (path !== undefined) {
    found = found.where(sql<boolean>`path like ${`${likeText(path)}%`} escape '\\'`);
  }
  const { total } = await found.select((each) => each.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow();
  const rows = await found.selectAll().orderBy("row_id", "desc")
    .limit(limit).offset(offset).execute();
  return { rows, total };
}

/** The requests with these ids; an id is the client's choice, so it may name several. */
export async function listAccessRowsOf(
  db: Db,
  requestIds: readonly string[],
): Promise<AccessRow[]> {
  if (requestIds.length === 0) return [];
  return await tables<AuditTables>(db).selectFrom("access_log").selectAll()
    .where("request_id", "in", requestIds).orderBy("row_id", "desc").limit(1_000).execute();
}

/** One statement for all: the list travels as JSON. */
export async function insertAccessRows(
  db: Db,
  rows: readonly Omit<AccessRow, "row_id">[],
): Promise<void> {
  await sql`insert into access_log (request_id, user_id, session_id, api_token_id, method, path,
      status, duration_ms, address, user_agent, created_at)
    select value ->> 'request_id', value ->> 'user_id', value ->> 'session_id',
      value ->> 'api_token_id', value ->> 'method', value ->> 'path', value ->> 'status',
      value ->> 'duration_ms', value ->> 'address', value ->> 'user_agent', value ->> 'created_at'
    from json_each(${JSON.stringify(rows)})`.execute(db);
}

/** Deletes the oldest rows from before `time`, at most `limit`; answers how many went. */
export async function deleteAccessRowsBefore(db: Db, time: number, limit: number): Promise<number> {
  const result = await tables<AuditTables>(db).deleteFrom("access_log")
    .where(
      "row_id",
      "in",
      (each) =>
        each.selectFrom("access_log").select("row_id").where("created_at", "<", time)
          .orderBy("created_at").limit(limit),
    ).executeTakeFirst();
  return Number(result.numDeletedRows);
}
