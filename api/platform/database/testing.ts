/** What a write verb left behind, as tests look at it. */
import { type Db, tables } from "./open.ts";

interface TraceTables {
  audit_actions: {
    row_id: number;
    action: string;
    actor_id: string | null;
    resource_id: string | null;
    before: string | null;
    after: string | null;
  };
  events: { row_id: number; seq: number; type: string; resource_id: string; data: string };
}

export interface Traces {
  readonly audits: readonly TraceTables["audit_actions"][];
  readonly events: readonly TraceTables["events"][];
}

export async function findTraces(db: Db, resourceId: string): Promise<Traces> {
  const all = tables<TraceTables>(db);
  return {
    audits: await all.selectFrom("audit_actions").selectAll()
      .where("resource_id", "=", resourceId).orderBy("row_id").execute(),
    events: await all.selectFrom("events").selectAll()
      .where("resource_id", "=", resourceId).orderBy("row_id").execute(),
  };
}
