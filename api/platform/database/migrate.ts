/** Forward-only migrations with checksums. */
import { sql } from "kysely";
import { sha256Hex } from "../encoding.ts";
import { type Db, inTransaction, tables } from "./open.ts";

export interface Migration {
  /** `0001_foundation`: sorts, and never changes once released. */
  readonly name: string;
  /** One SQL statement each. */
  readonly statements: readonly string[];
}

interface MigrationTables {
  migrations: { name: string; checksum: string; applied_at: number };
}

/**
 * Applies what is missing, each migration in one transaction, and names what it applied. Processes
 * that start at once over one server may all call it.
 *
 * @throws Error when the schema is newer than this program or an applied migration was changed.
 */
export async function migrate(
  db: Db,
  migrations: readonly Migration[],
  now: () => number,
): Promise<string[]> {
  const applied = await readApplied(db);
  const known = new Set(migrations.map(({ name }) => name));
  const foreign = [...applied.keys()].filter((name) => !known.has(name));
  if (foreign.length > 0) {
    throw new Error(
      `Cannot use this database: its schema is newer ("${foreign.at(-1)}" is unknown here)`,
    );
  }
  const names: string[] = [];
  for (const migration of migrations) {
    const checksum = sha256Hex(migration.statements.join("\n;\n"));
    const before = applied.get(migration.name);
    if (before === undefined) {
      const isNew = await apply(db, migration, { checksum, appliedAt: now() });
      if (isNew) names.push(migration.name);
    } else if (before !== checksum) {
      throw new Error(`Cannot use this database: migration "${migration.name}" was changed`);
    }
  }
  return names;
}

/** One read where there is nothing to do: processes start often, and a server is a journey away. */
async function readApplied(db: Db): Promise<Map<string, string>> {
  try {
    return await findApplied(db);
  } catch (err) {
    if (!(err instanceof Error && /no such table: migrations/.test(err.message))) throw err;
  }
  await sql`create table if not exists migrations (
    name text primary key, checksum text not null, applied_at integer not null
  ) strict`.execute(db);
  return await findApplied(db);
}

async function findApplied(db: Db): Promise<Map<string, string>> {
  const rows = await tables<MigrationTables>(db)
    .selectFrom("migrations").select(["name", "checksum"]).orderBy("name").execute();
  return new Map(rows.map(({ name, checksum }) => [name, checksum]));
}

function apply(
  db: Db,
  { name, statements }: Migration,
  { checksum, appliedAt }: { checksum: string; appliedAt: number },
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    if ((await findApplied(tx)).has(name)) return false;
    for (const statement of statements) await sql.raw(statement).execute(tx);
    await tables<MigrationTables>(tx)
      .insertInto("migrations").values({ name, checksum, applied_at: appliedAt }).execute();
    return true;
  });
}
