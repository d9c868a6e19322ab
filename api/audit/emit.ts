/** Audit rows: who did what to which row, written in the verb's own transaction. */
import type { AuditSink } from "../platform/context.ts";
import { tables } from "../platform/database/open.ts";
import { maskSecrets } from "../platform/log.ts";

interface AuditTables {
  audit_actions: {
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
  };
}

export const emitAudit: AuditSink = async (ctx, tx, entry) => {
  const state = (fields?: Readonly<Record<string, unknown>>) =>
    fields === undefined ? null : JSON.stringify(maskSecrets(fields));
  await tables<AuditTables>(tx).insertInto("audit_actions").values({
    id: ctx.ids.uuid(),
    actor_id: ctx.actor?.userId ?? null,
    owner_id: entry.ownerId,
    action: entry.action,
    resource_kind: entry.resourceKind,
    resource_id: entry.resourceId,
    before: state(entry.before),
    after: state(entry.after),
    address: ctx.address,
    request_id: ctx.requestId,
    created_at: ctx.clock.now(),
  }).execute();
};
