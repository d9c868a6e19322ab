import { sql } from "kysely";
import fc from "fast-check";
import assert from "node:assert/strict";
import { migrations } from "../../../migrations/mod.ts";
import { createDatabaseBlobs } from "../blobs.ts";
import { createIds } from "../clock.ts";
import { createFakeClock, createSeededRandom } from "../testing.ts";
import { openTestDatabase, testOnEachDatabase } from "../testing/databases.ts";
import { migrate } from "./migrate.ts";
import { type Db, inTransaction, tables } from "./open.ts";
import { isUniqueViolation, likeText, newOwnedColumns } from "./rows.ts";

const clock = createFakeClock();

testOnEachDatabase("newOwnedColumns() numbers an owner's rows of a kind from 1", async (kind) => {
  await using test = await openTestDatabase(kind);
  await migrate(test.db, migrations, () => clock.now());
  const ids = createIds(clock, createSeededRandom(1));
  const next = (ownerId: string, kind: string) =>
    inTransaction(test.db, (tx) => newOwnedColumns(tx, { clock, ids, ownerId }, kind));
  const [owner, other] = [ids.uuid(), ids.uuid()];
  const rows = await Promise.all([
    next(owner, "test"),
    next(owner, "test"),
    next(owner, "test"),
    next(owner, "another"),
    next(other, "test"),
  ]);
  assert.deepEqual(rows.map(({ owner_no }) => owner_no), [1, 2, 3, 1, 1]);
  assert.equal(new Set(rows.map(({ id }) => id)).size, 5);
  assert.equal(rows[0]?.created_at, clock.now());
});

testOnEachDatabase(
  "newOwnedColumns() gives a number back when its transaction fails",
  async (kind) => {
    await using test = await openTestDatabase(kind);
    await migrate(test.db, migrations, () => clock.now());
    const ids = createIds(clock, createSeededRandom(1));
    const ownerId = ids.uuid();
    await assert.rejects(() =>
      inTransaction(test.db, async (tx) => {
        await newOwnedColumns(tx, { clock, ids, ownerId }, "test");
        throw new Error("refused");
      })
    );
    const row = await inTransaction(
      test.db,
      (tx) => newOwnedColumns(tx, { clock, ids, ownerId }, "test"),
    );
    assert.equal(row.owner_no, 1);
  },
);

testOnEachDatabase("isUniqueViolation() tells which column was taken", async (kind) => {
  await using test = await openTestDatabase(kind);
  await sql`create table t (a text unique, b text unique)`.execute(test.db);
  const insert = (db: Db, a: string, b: string) =>
    tables<{ t: { a: string; b: string } }>(db).insertInto("t").values({ a, b }).execute();
  await insert(test.db, "1", "1");
  const failure = await insert(test.db, "1", "2").then(() => null, (err) => err);
  assert.equal(isUniqueViolation(failure, "t.a"), true);
  assert.equal(isUniqueViolation(failure, "t.b"), false);
  assert.equal(isUniqueViolation(new Error("another"), "t.a"), false);
});

testOnEachDatabase("The audit trail takes no update and no delete", async (kind) => {
  await using test = await openTestDatabase(kind);
  await migrate(test.db, migrations, () => clock.now());
  await sql`insert into audit_actions (id, action, resource_kind, request_id, created_at)
    values ('a', 'x', 'y', 'z', 1)`.execute(test.db);
  await assert.rejects(
    () => sql`update audit_actions set action = 'w'`.execute(test.db),
    /audit_actions is append-only/,
  );
  await assert.rejects(
    () => sql`delete from audit_actions`.execute(test.db),
    /audit_actions is append-only/,
  );
});

testOnEachDatabase(
  "A blob is stored once and found by its hash until it is deleted",
  async (kind) => {
    await using test = await openTestDatabase(kind);
    await migrate(test.db, migrations, () => clock.now());
    const blobs = createDatabaseBlobs(test.db, clock);
    const bytes = new Uint8Array(100_000).map((_, index) => index % 251);
    const hash = await blobs.put(bytes);
    assert.equal(await blobs.put(bytes), hash);
    assert.deepEqual(await blobs.get(hash), bytes);
    assert.deepEqual(await blobs.get(await blobs.put(new Uint8Array())), new Uint8Array());
    await blobs.delete(hash);
    assert.equal(await blobs.get(hash), null);
    const long = Uint8Array.from({ length: 2_500_000 }, (_, at) => at % 251);
    const longHash = await blobs.put(long);
    assert.equal(await blobs.put(long), longHash);
    assert.deepEqual(await blobs.get(longHash), long);
    await inTransaction(test.db, async (tx) => {
      assert.deepEqual(await blobs.get(longHash, tx), long);
      await blobs.delete(longHash, tx);
      assert.equal(await blobs.get(longHash, tx), null);
      await blobs.put(long, tx);
    });
    assert.deepEqual(await blobs.get(longHash), long);
  },
);

Deno.test("likeText() makes every character mean itself", async () => {
  await using test = await openTestDatabase("file");
  await fc.assert(
    fc.asyncProperty(
      fc.string({ maxLength: 20 }).filter((text) => !text.includes("\0")),
      async (text) => {
        const { rows } = await sql<{ same: number; more: number }>`
        select ${text} like ${likeText(text)} escape '\\' as same,
          ${`${text}x`} like ${likeText(text)} escape '\\' as more
      `.execute(test.db);
        assert.deepEqual({ ...rows[0] }, { same: 1, more: 0 });
      },
    ),
    { numRuns: 50 },
  );
});
