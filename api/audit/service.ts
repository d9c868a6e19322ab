/** Who did what, and who asked for what. */
import { toRfc3339 } from "../platform/clock.ts";
import { type Ctx, requireActor } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import { toPage } from "../platform/http/pages.ts";
import type { Page } from "../platform/http/schemas.ts";
import { findUsernames } from "../users/service.ts";
import type { AccessEntry, AccessQuery, AuditEntry, AuditQuery } from "./schema.ts";
import {
  type AccessRow,
  type AuditRow,
  listAccessRows,
  listAccessRowsOf,
  listAuditRows,
} from "./store.ts";

export { createAccessLog, sweepAccessLog } from "./access_log.ts";

/** Lists the caller's own actions; an admin's answer has everybody's, or one user's. */
export async function listAuditLogs(ctx: Ctx, query: AuditQuery): Promise<Page<AuditEntry>> {
  const actor = requireActor(ctx, "read");
  const isAdmin = actor.scopes.has("admin");
  const { user_id, resource_type, resource_id, ...rest } = query;
  if (!isAdmin && user_id !== undefined && user_id !== actor.userId) {
    throw new AppError("MISSING_SCOPE", 'Cannot list others\' actions: scope "admin" is missing');
  }
  const { rows, total } = await listAuditRows(ctx.db, {
    ...rest,
    resourceKind: resource_type,
    resourceId: resource_id,
    actorId: isAdmin ? user_id : actor.userId,
  });
  const requests = await listAccessRowsOf(ctx.db, rows.map(({ request_id }) => request_id));
  const names = await findUsernames(ctx.db, rows.map(({ actor_id }) => actor_id));
  return toPage(rows.map((row) => toAuditEntry(row, requests, names)), total, query);
}

/** Lists answered requests, newest first; for admins. */
export async function listAccessLog(ctx: Ctx, query: AccessQuery): Promise<Page<AccessEntry>> {
  requireActor(ctx, "admin");
  const { user_id, ...rest } = query;
  const { rows, total } = await listAccessRows(ctx.db, { ...rest, userId: user_id });
  const names = await findUsernames(ctx.db, rows.map((row) => row.user_id));
  return toPage(rows.map((row) => toAccessEntry(row, names)), total, query);
}

type Names = ReadonlyMap<string, string>;

function toAuditEntry(row: AuditRow, requests: readonly AccessRow[], names: Names): AuditEntry {
  const request = requests.find((each) => belongsTo(each, row));
  return {
    id: row.id,
    created_at: toRfc3339(row.created_at),
    user_id: row.actor_id,
    username: nameOf(row.actor_id, names),
    action: row.action,
    resource_type: row.resource_kind,
    resource_id: row.resource_id,
    details: {
      before: row.before === null ? null : JSON.parse(row.before),
      after: row.after === null ? null : JSON.parse(row.after),
    },
    ip_address: row.address,
    request_id: row.request_id,
    http_method: request?.method ?? null,
    path: request?.path ?? null,
    status_code: request?.status ?? null,
  };
}

/** A request id is the client's choice: the caller, or a caller not yet known, must agree too. */
function belongsTo(request: AccessRow, row: AuditRow): boolean {
  if (request.request_id !== row.request_id) return false;
  if (request.user_id !== null) return request.user_id === row.actor_id;
  return request.address === row.address;
}

function toAccessEntry(row: AccessRow, names: Names): AccessEntry {
  const { row_id: _, created_at, ...rest } = row;
  return { ...rest, created_at: toRfc3339(created_at), username: nameOf(row.user_id, names) };
}

function nameOf(userId: string | null, names: Names): string | null {
  return userId === null ? null : names.get(userId) ?? null;
}
