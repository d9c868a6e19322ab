import { sql } from "kysely";
import assert from "node:assert/strict";
import { migrations } from "../../../migrations/mod.ts";
import { openTestDatabase, testOnEachDatabase } from "../testing/databases.ts";
import { migrate, type Migration } from "./migrate.ts";
import { type Db, openDatabase } from "./open.ts";

const first: Migration = { name: "0001_first", statements: ["create table a (x integer)"] };
const second: Migration = {
  name: "0002_second",
  statements: ["create table b (x integer)", "insert into b values (1)"],
};

function now(): number {
  return 1_000;
}

async function tableNames(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name
  `.execute(db);
  return rows.map(({ name }) => name);
}

testOnEachDatabase("migrate() applies what is missing, once", async (kind) => {
  await using test = await openTestDatabase(kind);
  assert.deepEqual(await migrate(test.db, [first], now), ["0001_first"]);
  assert.deepEqual(await migrate(test.db, [first, second], now), ["0002_second"]);
  assert.deepEqual(await migrate(test.db, [first, second], now), []);
  assert.deepEqual(await tableNames(test.db), ["a", "b", "migrations"]);
});

testOnEachDatabase("migrate() refuses a schema that is newer than the program", async (kind) => {
  await using test = await openTestDatabase(kind);
  await migrate(test.db, [first, second], now);
  await assert.rejects(
    () => migrate(test.db, [first], now),
    /its schema is newer \("0002_second" is unknown here\)/,
  );
});

testOnEachDatabase("migrate() refuses a migration that was changed after it ran", async (kind) => {
  await using test = await openTestDatabase(kind);
  await migrate(test.db, [first], now);
  const changed = { ...first, statements: ["create table a (x integer, y integer)"] };
  await assert.rejects(
    () => migrate(test.db, [changed, second], now),
    /migration "0001_first" was changed/,
  );
  assert.deepEqual(await tableNames(test.db), ["a", "migrations"]);
});

testOnEachDatabase("migrate() leaves nothing of a migration that fails half-way", async (kind) => {
  await using test = await openTestDatabase(kind);
  const broken = { name: "0002_broken", statements: ["create table b (x integer)", "nonsense"] };
  await assert.rejects(() => migrate(test.db, [first, broken], now), /nonsense/);
  assert.deepEqual(await tableNames(test.db), ["a", "migrations"]);
  assert.deepEqual(await migrate(test.db, [first, second], now), ["0002_second"]);
});

testOnEachDatabase("migrate() applies every migration of the platform", async (kind) => {
  await using test = await openTestDatabase(kind);
  const names = await migrate(test.db, migrations, now);
  assert.deepEqual(names, migrations.map(({ name }) => name));
});

Deno.test("migrate() may run in two processes at once: each migration is applied by one", async () => {
  await using test = await openTestDatabase("server");
  const other = await openDatabase({ url: test.url });
  const applied = await Promise.all([
    migrate(test.db, migrations, now),
    migrate(other.db, migrations, now),
  ]);
  await other.close();
  assert.deepEqual(applied.flat().sort(), migrations.map(({ name }) => name).sort());
});
