import type { Generated } from "kysely";
import { type Ctx, ownedBy } from "../platform/context.ts";
import { type Db, tables } from "../platform/database/open.ts";
import { type OwnedColumns, readRows } from "../platform/database/rows.ts";
import type { BacktestStatus } from "./schema.ts";

export interface BacktestRow extends OwnedColumns {
  strategy_id: string;
  strategy_version_id: string;
  strategy_name: string;
  job_id: string;
  status: BacktestStatus;
  request: string;
  plan: string;
  summary: string | null;
  result_blob: string | null;
  result_hash: string | null;
  statistics_blob: string | null;
  plots_blob: string | null;
  /** The page that was made last, and what it was made of. */
  report_blob: string | null;
  report_key: string | null;
  error: string | null;
  started_at: number | null;
  completed_at: number | null;
}

interface BacktestTables {
  backtests: BacktestRow & { row_id: Generated<number> };
}

type Owner = Pick<Ctx, "actor">;

function on(db: Db) {
  return tables<BacktestTables>(db);
}

export async function insertBacktest(tx: Db, row: BacktestRow): Promise<void> {
  await on(tx).insertInto("backtests").values(row).execute();
}

const FIND_BACKTEST_SQL = "select * from backtests where owner_id = ? and id = ?";

export async function findBacktest(
  db: Db,
  ctx: Owner,
  id: string,
): Promise<BacktestRow | undefined> {
  return (await readRows<BacktestRow>(db, FIND_BACKTEST_SQL, [ownedBy(ctx), id]))[0];
}

export async function listBacktests(
  db: Db,
  ctx: Owner,
  filter: {
    status?: BacktestStatus | undefined;
    strategy_id?: string | undefined;
    limit: number;
    offset: number;
  },
) {
  const { status, strategy_id } = filter;
  let matching = on(db).selectFrom("backtests").where("owner_id", "=", ownedBy(ctx));
  if (status !== undefined) matching = matching.where("status", "=", status);
  if (strategy_id !== undefined) matching = matching.where("strategy_id", "=", strategy_id);
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow();
  const rows = await matching.selectAll().orderBy("created_at").orderBy("row_id")
    .limit(filter.limit).offset(filter.offset).execute();
  return { rows, total };
}

/** Changes a backtest that is not finished yet; answers whether there was one. */
export async function updateUnfinished(
  tx: Db,
  ctx: Owner & Pick<Ctx, "clock">,
  id: string,
  change: Partial<
    Pick<
      BacktestRow,
      | "status"
      | "summary"
      | "result_blob"
      | "result_hash"
      | "statistics_blob"
      | "plots_blob"
      | "error"
      | "started_at"
      | "completed_at"
    >
  >,
): Promise<boolean> {
  const result = await on(tx).updateTable("backtests")
    .set({ ...change, updated_at: ctx.clock.now() })
    .where("owner_id", "=", ownedBy(ctx)).where("id", "=", id)
    .where("status", "in", ["pending", "running"]).executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Names the page that was made of a finished backtest; what clients see of the row stays. */
export async function updateReport(
  tx: Db,
  ctx: Owner,
  id: string,
  report: Pick<BacktestRow, "report_blob" | "report_key">,
): Promise<void> {
  await on(tx).updateTable("backtests").set(report)
    .where("owner_id", "=", ownedBy(ctx)).where("id", "=", id).execute();
}

/** Lets a failed backtest wait again; answers whether there was one. */
export async function reopenFailed(
  tx: Db,
  ctx: Owner & Pick<Ctx, "clock">,
  id: string,
): Promise<boolean> {
  const result = await on(tx).updateTable("backtests")
    .set({ status: "pending", error: null, completed_at: null, updated_at: ctx.clock.now() })
    .where("owner_id", "=", ownedBy(ctx)).where("id", "=", id)
    .where("status", "=", "failed").executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function deleteBacktest(tx: Db, ctx: Owner, id: string): Promise<boolean> {
  const result = await on(tx).deleteFrom("backtests")
    .where("owner_id", "=", ownedBy(ctx)).where("id", "=", id).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** How many results, of anybody, hold this blob: it may go when none does. */
export async function countBlobUses(db: Db, hash: string): Promise<number> {
  const { uses } = await on(db).selectFrom("backtests")
    .select((eb) => eb.fn.countAll<number>().as("uses"))
    .where((eb) =>
      eb.or([
        eb("result_blob", "=", hash),
        eb("statistics_blob", "=", hash),
        eb("plots_blob", "=", hash),
        eb("report_blob", "=", hash),
      ])
    ).executeTakeFirstOrThrow();
  return uses;
}
