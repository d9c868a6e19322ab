import { sql } from "kysely";
import assert from "node:assert/strict";
import { openTestDatabase, testOnEachDatabase } from "../testing/databases.ts";
import { type Db, inTransaction, openDatabase, tables } from "./open.ts";

interface Tables {
  counters: { id: string; n: number };
  things: {
    id: number;
    name: string;
    ratio: number | null;
    bytes: Uint8Array<ArrayBuffer> | null;
  };
}

async function createTables(db: Db): Promise<void> {
  await sql`create table counters (id text primary key, n integer not null) strict`.execute(db);
  await sql`create table things (
    id integer primary key, name text not null unique, ratio real, bytes blob
  ) strict`.execute(db);
  await tables<Tables>(db).insertInto("counters").values({ id: "a", n: 0 }).execute();
}

async function readCounter(db: Db): Promise<number> {
  const row = await tables<Tables>(db).selectFrom("counters").select("n")
    .where("id", "=", "a").executeTakeFirstOrThrow();
  return row.n;
}

async function writeCounter(db: Db, n: number): Promise<void> {
  await tables<Tables>(db).updateTable("counters").set({ n }).where("id", "=", "a").execute();
}

testOnEachDatabase("Fifty transactions at once all see each other's writes", async (kind) => {
  await using test = await openTestDatabase(kind);
  await createTables(test.db);
  await Promise.all(
    Array.from(
      { length: 50 },
      () => inTransaction(test.db, async (tx) => writeCounter(tx, await readCounter(tx) + 1)),
    ),
  );
  assert.equal(await readCounter(test.db), 50);
});

testOnEachDatabase("Plain writes wait for an open transaction", async (kind) => {
  await using test = await openTestDatabase(kind);
  await createTables(test.db);
  const outside: Promise<void>[] = [];
  const transaction = inTransaction(test.db, async (tx) => {
    const before = await readCounter(tx);
    await writeCounter(tx, before + 1);
    await writeCounter(tx, await readCounter(tx) + 1);
  });
  outside.push(writeCounter(test.db, 40));
  await Promise.all([transaction, ...outside]);
  assert.equal(await readCounter(test.db), 40);
});

testOnEachDatabase("A transaction whose work throws leaves nothing", async (kind) => {
  await using test = await openTestDatabase(kind);
  await createTables(test.db);
  await assert.rejects(
    () =>
      inTransaction(test.db, async (tx) => {
        await writeCounter(tx, 7);
        throw new Error("refused");
      }),
    /refused/,
  );
  assert.equal(await readCounter(test.db), 0);
});

testOnEachDatabase("A transaction goes on after a statement that failed", async (kind) => {
  await using test = await openTestDatabase(kind);
  await createTables(test.db);
  await inTransaction(test.db, async (tx) => {
    const thing = { id: 1, name: "one", ratio: null, bytes: null };
    await tables<Tables>(tx).insertInto("things").values(thing).execute();
    await assert.rejects(
      () => tables<Tables>(tx).insertInto("things").values({ ...thing, id: 2 }).execute(),
      /UNIQUE constraint failed: things.name/,
    );
    await writeCounter(tx, 3);
  });
  assert.equal(await readCounter(test.db), 3);
});

testOnEachDatabase("A savepoint takes back what came after it and keeps the rest", async (kind) => {
  await using test = await openTestDatabase(kind);
  await createTables(test.db);
  const open = await test.db.startTransaction().execute();
  await writeCounter(open, 1);
  const marked = await open.savepoint("mark").execute();
  await writeCounter(marked, 2);
  const back = await marked.rollbackToSavepoint("mark").execute();
  assert.equal(await readCounter(back), 1);
  const released = await back.releaseSavepoint("mark").execute();
  await released.commit().execute();
  assert.equal(await readCounter(test.db), 1);
});

testOnEachDatabase("A write that bypasses the open transaction is refused", async (kind) => {
  await using test = await openTestDatabase(kind);
  await createTables(test.db);
  await assert.rejects(
    () => inTransaction(test.db, () => writeCounter(test.db, 9)),
    /A write bypassed the open transaction/,
  );
  await assert.rejects(
    () => inTransaction(test.db, () => inTransaction(test.db, (tx) => writeCounter(tx, 9))),
    /A transaction was opened inside another/,
  );
  assert.equal(await readCounter(test.db), 0);
  await writeCounter(test.db, 9);
  assert.equal(await readCounter(test.db), 9);
});

testOnEachDatabase("Every kind of value comes back as it went in", async (kind) => {
  await using test = await openTestDatabase(kind);
  await createTables(test.db);
  const thing = {
    id: Number.MAX_SAFE_INTEGER,
    name: "Größe  漢字 '; drop table things",
    ratio: 0.1 + 0.2,
    bytes: new Uint8Array([0, 1, 254, 255]),
  };
  const things = tables<Tables>(test.db);
  await things.insertInto("things").values(thing).execute();
  await things.insertInto("things").values({ id: 2, name: "nothing", ratio: null, bytes: null })
    .execute();
  const [nothing, row] = await things.selectFrom("things").selectAll().orderBy("id").execute();
  assert.deepEqual(nothing, { id: 2, name: "nothing", ratio: null, bytes: null });
  assert.ok(row);
  assert.deepEqual({ ...row, bytes: new Uint8Array(row.bytes ?? []) }, thing);
});

testOnEachDatabase("A text with a NUL is refused, not cut", async (kind) => {
  await using test = await openTestDatabase(kind);
  await createTables(test.db);
  const thing = { id: 1, name: "cut\u0000here", ratio: null, bytes: null };
  await assert.rejects(
    () => tables<Tables>(test.db).insertInto("things").values(thing).execute(),
    /Cannot store a text: it contains a NUL character/,
  );
});

testOnEachDatabase(
  "Reads go on beside an open transaction and see what was committed",
  async (kind) => {
    await using test = await openTestDatabase(kind);
    await createTables(test.db);
    const open = await test.db.startTransaction().execute();
    await writeCounter(open, 1);
    assert.equal(await readCounter(test.db), 0);
    await open.commit().execute();
    assert.equal(await readCounter(test.db), 1);
  },
);

testOnEachDatabase("Updates tell how many rows they changed", async (kind) => {
  await using test = await openTestDatabase(kind);
  await createTables(test.db);
  const update = (id: string) =>
    tables<Tables>(test.db).updateTable("counters").set({ n: 1 }).where("id", "=", id)
      .executeTakeFirstOrThrow();
  assert.equal((await update("a")).numUpdatedRows, 1n);
  assert.equal((await update("b")).numUpdatedRows, 0n);
});

Deno.test("A file is opened with synchronous=FULL and a write-ahead log, in transactions too", async () => {
  await using test = await openTestDatabase("file");
  const read = async (db: Db) => {
    const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(db);
    return rows[0]?.synchronous;
  };
  assert.equal(await read(test.db), 2);
  assert.equal(await inTransaction(test.db, read), 2);
  const { rows } = await sql<{ journal_mode: string }>`pragma journal_mode`.execute(test.db);
  assert.equal(rows[0]?.journal_mode, "wal");
});

Deno.test("A second process that opens the file is refused, and let in after the first", async () => {
  await using test = await openTestDatabase("file");
  const program = `
    const { openDatabase } = await import(${JSON.stringify(new URL("./open.ts", import.meta.url))});
    try {
      await (await openDatabase({ url: ${JSON.stringify(test.url)} })).close();
      console.log("opened");
    } catch (err) {
      console.log(err.name, err.message);
    }`;
  const openElsewhere = async () => {
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", "--no-check", program],
      cwd: new URL("../../..", import.meta.url),
      stderr: "inherit",
    }).output();
    return new TextDecoder().decode(stdout);
  };
  assert.match(await openElsewhere(), /DatabaseInUseError Cannot open database ".*test\.db"/);
  await test.close();
  assert.match(await openElsewhere(), /^opened/);
});

Deno.test("A client that dies in a transaction does not lock the server's database", async () => {
  await using test = await openTestDatabase("server", { idleMs: 100 });
  await createTables(test.db);
  const abandoned = await openDatabase({ url: test.url });
  const open = await abandoned.db.startTransaction().execute();
  await writeCounter(open, 99);
  assert.equal(test.server?.streams, 1);
  await writeCounter(test.db, 5);
  assert.equal(await readCounter(test.db), 5);
  await assert.rejects(() => open.commit().execute());
  await abandoned.close();
});
