import type { Generated } from "kysely";
import { type Ctx, ownedBy } from "../platform/context.ts";
import { type Db, tables } from "../platform/database/open.ts";
import { likeText, type OwnedColumns, readRows } from "../platform/database/rows.ts";

interface StrategyRow extends OwnedColumns {
  name: string;
  description: string;
  latest_version: number;
  deleted_at: number | null;
}

interface VersionRow {
  id: string;
  strategy_id: string;
  owner_id: string;
  number: number;
  sha256: string;
  code: Uint8Array<ArrayBuffer>;
  class_name: string | null;
  created_at: number;
}

interface StrategyTables {
  strategies: StrategyRow & { row_id: Generated<number> };
  strategy_versions: VersionRow;
}

type Owner = Pick<Ctx, "actor">;

export interface StrategyWithVersion extends
  Pick<
    StrategyRow,
    "id" | "owner_id" | "name" | "description" | "latest_version" | "created_at" | "updated_at"
  >,
  Pick<VersionRow, "sha256" | "class_name" | "code"> {
  version_id: string;
}

/** Named one by one: the client pays for each column of a row. */
const STRATEGY_COLUMNS = [
  "s.id",
  "s.owner_id",
  "s.name",
  "s.description",
  "s.latest_version",
  "s.created_at",
  "s.updated_at",
  "v.id as version_id",
  "v.sha256",
  "v.class_name",
] as const;

function on(db: Db) {
  return tables<StrategyTables>(db);
}

/** Live strategies of the actor with their latest version. */
function selectOwned(db: Db, ctx: Owner) {
  return on(db).selectFrom("strategies as s")
    .innerJoin(
      "strategy_versions as v",
      (join) => join.onRef("v.strategy_id", "=", "s.id").onRef("v.number", "=", "s.latest_version"),
    )
    .where("s.owner_id", "=", ownedBy(ctx))
    .where("s.deleted_at", "is", null);
}

export async function findStrategy(
  db: Db,
  ctx: Owner,
  id: string,
): Promise<StrategyWithVersion | undefined> {
  return await selectOwned(db, ctx).select([...STRATEGY_COLUMNS, "v.code"])
    .where("s.id", "=", id).executeTakeFirst();
}

type StrategyFields = Pick<
  StrategyRow,
  "id" | "name" | "description" | "latest_version" | "created_at" | "updated_at"
>;

const FIND_STRATEGY_SQL = `select id, name, description, latest_version, created_at, updated_at
  from strategies where id = ? and owner_id = ? and deleted_at is null`;

/**
 * The strategy without its text: one row of one table, and the read clients repeat most, so its
 * statement is written once instead of being built for each request.
 */
export async function findStrategyRow(
  db: Db,
  ctx: Owner,
  id: string,
): Promise<StrategyFields | undefined> {
  return (await readRows<StrategyFields>(db, FIND_STRATEGY_SQL, [id, ownedBy(ctx)]))[0];
}

export async function listStrategies(
  db: Db,
  ctx: Owner,
  filter: { name?: string | undefined; withCode: boolean; limit: number; offset: number },
) {
  const { name, withCode, limit, offset } = filter;
  const [matching, parameters] = name === undefined
    ? [OWNED_SQL, [ownedBy(ctx)]] as const
    : [`${OWNED_SQL} ${NAMED_SQL}`, [ownedBy(ctx), `%${likeText(name)}%`]] as const;
  const counted = await readRows<{ total: number }>(
    db,
    `select count(*) as total ${matching}`,
    parameters,
  );
  const columns = STRATEGY_COLUMNS.join(", ") + (withCode ? ", v.code" : "");
  const rows = await readRows<ListedStrategy>(
    db,
    `select ${columns} ${matching} order by s.created_at, s.row_id limit ? offset ?`,
    [...parameters, limit, offset],
  );
  return { rows, total: counted[0]?.total ?? 0 };
}

type ListedStrategy = Omit<StrategyWithVersion, "code"> & Partial<Pick<VersionRow, "code">>;

const OWNED_SQL = `from strategies as s
  join strategy_versions as v on v.strategy_id = s.id and v.number = s.latest_version
  where s.owner_id = ? and s.deleted_at is null`;
const NAMED_SQL = "and s.name like ? escape '\\'";

export async function insertStrategy(
  tx: Db,
  row: Omit<StrategyRow, "deleted_at">,
): Promise<void> {
  await on(tx).insertInto("strategies").values({ ...row, deleted_at: null }).execute();
}

export async function insertVersion(tx: Db, row: VersionRow): Promise<void> {
  await on(tx).insertInto("strategy_versions").values(row).execute();
}

export async function updateStrategy(
  tx: Db,
  ctx: Owner,
  id: string,
  change: Partial<Pick<StrategyRow, "name" | "description" | "latest_version" | "deleted_at">> & {
    updated_at: number;
  },
): Promise<void> {
  await on(tx).updateTable("strategies")
    .set((eb) => ({ ...change, version: eb("version", "+", 1) }))
    .where("owner_id", "=", ownedBy(ctx)).where("id", "=", id).execute();
}

export async function findVersion(
  db: Db,
  ctx: Owner,
  strategyId: string,
  number: number,
): Promise<VersionRow | undefined> {
  return await on(db).selectFrom("strategy_versions").selectAll()
    .where("owner_id", "=", ownedBy(ctx))
    .where("strategy_id", "=", strategyId).where("number", "=", number)
    .executeTakeFirst();
}

/** A pinned version by its own id, also of a strategy deleted since. */
export async function findVersionById(
  db: Db,
  ctx: Owner,
  id: string,
): Promise<VersionRow | undefined> {
  return await on(db).selectFrom("strategy_versions").selectAll()
    .where("owner_id", "=", ownedBy(ctx)).where("id", "=", id)
    .executeTakeFirst();
}

export async function listVersions(
  db: Db,
  ctx: Owner,
  strategyId: string,
  { limit, offset }: { limit: number; offset: number },
) {
  const matching = on(db).selectFrom("strategy_versions")
    .where("owner_id", "=", ownedBy(ctx)).where("strategy_id", "=", strategyId);
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow();
  const rows = await matching.select(["id", "number", "sha256", "class_name", "created_at"])
    .orderBy("number").limit(limit).offset(offset).execute();
  return { rows, total };
}
