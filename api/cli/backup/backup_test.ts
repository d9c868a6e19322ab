import fc from "fast-check";
import { sql } from "kysely";
import assert from "node:assert/strict";
import { join } from "node:path";
import { openPlatform } from "../../boot.ts";
import { pause } from "../../platform/clock.ts";
import { type Db, inTransaction, openDatabase } from "../../platform/database/open.ts";
import { AppError } from "../../platform/errors.ts";
import { createFakeClock } from "../../platform/testing.ts";
import { startServer } from "../../server.ts";
import { testSettings } from "../../testing.ts";
import { restoreBackup } from "../restore/restore_backup.ts";
import { createBackup } from "./create_backup.ts";

interface Ground extends AsyncDisposable {
  readonly folder: string;
  /** The server's data directory. */
  readonly dataDir: string;
  /** Where the backup is, or shall be. */
  readonly out: string;
  /** What was said on stdout and stderr. */
  readonly said: string[];
  backup(...args: string[]): Promise<number>;
  restore(dataDir: string, ...args: string[]): Promise<number>;
}

async function layGround(): Promise<Ground> {
  const folder = await Deno.makeTempDir({ prefix: "candlewick-backup-" });
  const dataDir = join(folder, "data");
  const out = join(folder, "backup.tar");
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  const terminal = { out: say, err: say };
  const clock = createFakeClock();
  return {
    folder,
    dataDir,
    out,
    said,
    backup: (...args) =>
      createBackup(
        ["--out", out, "--data-dir", dataDir, ...args],
        // The line about the backup itself comes after it.
        { ACCESS_LOG_DAYS: "0" },
        { terminal, clock },
      ),
    restore: (target, ...args) =>
      restoreBackup([out, "--data-dir", target, ...args], { terminal, clock }),
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

/** A database with some rows of most kinds. */
async function fill(dataDir: string): Promise<void> {
  const { platform, close } = await openPlatform(testSettings(dataDir));
  await sql`create table pairs (left_n integer, right_n integer, bytes blob) strict`
    .execute(platform.db);
  await sql`insert into pairs values (0, 0, randomblob(300000)), (7, 7, null)`.execute(platform.db);
  await platform.blobs.put(new Uint8Array([0, 1, 2, 255]));
  await close();
}

async function dump(db: Db): Promise<Record<string, unknown[]>> {
  const names = await sql<{ name: string }>`
    select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name
  `.execute(db);
  const tables: Record<string, unknown[]> = {};
  for (const { name } of names.rows) {
    const { rows } = await sql`select * from ${sql.table(name)}`.execute(db);
    tables[name] = rows;
  }
  return tables;
}

async function dumpDir(dataDir: string): Promise<Record<string, unknown[]>> {
  const { db, close } = await openDatabase({ url: `file:${join(dataDir, "candlewick.db")}` });
  try {
    return await dump(db);
  } finally {
    await close();
  }
}

async function entriesOf(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).sort();
}

Deno.test("a backup without a server restores every row of every table", async () => {
  await using ground = await layGround();
  await fill(ground.dataDir);
  assert.equal(await ground.backup(), 0);
  const restored = join(ground.folder, "restored");
  assert.equal(await ground.restore(restored), 0);
  const before = await dumpDir(ground.dataDir);
  assert.equal(before.pairs?.length, 2);
  assert.deepEqual(await dumpDir(restored), before);
  assert.deepEqual(await entriesOf(ground.folder), ["backup.tar", "data", "restored"]);
  assert.equal(((await Deno.stat(ground.out)).mode ?? 0) & 0o777, 0o600);
});

Deno.test("a backup of a server that runs and writes is one moment's, and the server goes on", async () => {
  await using ground = await layGround();
  await fill(ground.dataDir);
  const server = await startServer(testSettings(ground.dataDir, { PORT: "0", RUN_JOBS: "no" }));
  const url = `http://127.0.0.1:${server.address.port}`;
  const backup = ground.backup();
  let requests = 0;
  for (let done = false; !done; requests++) {
    const answer = await fetch(`${url}/api/v1/auth/register`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        username: `user-${requests}`,
        email: `user-${requests}@example.com`,
        password: `password of ${requests}`,
      }),
    });
    await answer.body?.cancel();
    done = await Promise.race([backup.then(() => true), pause(1).then(() => false)]);
  }
  assert.equal(await backup, 0);
  await server.stop();
  const restored = join(ground.folder, "restored");
  assert.equal(await ground.restore(restored), 0);
  const { users = [], sessions = [], events = [] } = await dumpDir(restored);
  const all = await dumpDir(ground.dataDir);
  assert.ok(users.length <= (all.users?.length ?? 0));
  assert.deepEqual(users, all.users?.slice(0, users.length));
  assert.deepEqual(sessions, all.sessions?.slice(0, sessions.length));
  assert.deepEqual(events, all.events?.slice(0, events.length));
  assert.deepEqual((await entriesOf(ground.dataDir)).filter((name) => /part/.test(name)), []);
});

Deno.test("a backup holds the master keys only when asked, and says what that means", async () => {
  await using ground = await layGround();
  await fill(ground.dataDir);
  await ground.backup("--with-secrets");
  assert.match(ground.said.join("\n"), /Warning: the backup holds the master keys/);
  const restored = join(ground.folder, "restored");
  await ground.restore(restored);
  const secrets = await Deno.readTextFile(join(ground.dataDir, "secrets.json"));
  assert.equal(await Deno.readTextFile(join(restored, "secrets.json")), secrets);
  await Deno.remove(ground.out);
  ground.said.length = 0;
  await ground.backup();
  await ground.restore(join(ground.folder, "without"));
  assert.match(ground.said.join("\n"), /Warning: the backup holds no master keys/);
  assert.match(ground.said.join("\n"), /Put the old secrets\.json into/);
  assert.deepEqual(await entriesOf(join(ground.folder, "without")), [
    "candlewick.db",
    "candlewick.db.lock",
  ]);
  assert.ok(!(await Deno.readTextFile(ground.out)).includes("masterKeys"));
});

Deno.test("a backup never writes over a file, and leaves nothing when it fails", async () => {
  await using ground = await layGround();
  await fill(ground.dataDir);
  await Deno.writeTextFile(ground.out, "mine");
  await assert.rejects(() => ground.backup(), /Cannot write ".*": there is such a file already/);
  assert.equal(await Deno.readTextFile(ground.out), "mine");
  await Deno.remove(ground.out);
  await Deno.remove(join(ground.dataDir, "secrets.json"));
  await assert.rejects(() => ground.backup("--with-secrets"), /Cannot include the master keys/);
  assert.deepEqual(await entriesOf(ground.folder), ["data"]);
});

Deno.test("a backup that was changed or cut anywhere is refused with nothing half-written", async () => {
  await using ground = await layGround();
  await fill(ground.dataDir);
  await ground.backup("--with-secrets");
  const whole = await Deno.readFile(ground.out);
  const restored = join(ground.folder, "restored");
  async function isRefused(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await Deno.writeFile(ground.out, bytes);
    await assert.rejects(
      () => ground.restore(restored),
      (err) => err instanceof AppError && /^Cannot restore ".*": /.test(err.message),
    );
    assert.deepEqual(await entriesOf(ground.folder), ["backup.tar", "data"]);
  }
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const damaged = whole.slice();
      damaged[at] = (damaged[at] ?? 0) ^ change;
      return isRefused(damaged);
    }),
    { numRuns: 40, examples: [[0, 1], [600, 1], [1_540, 1], [whole.length - 1, 1]] },
  );
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1_024), (length) => isRefused(whole.slice(0, length))),
    { numRuns: 20, examples: [[0], [511], [512]] },
  );
  await Deno.writeFile(ground.out, whole);
  assert.equal(await ground.restore(restored), 0);
});

Deno.test("a file that is no backup is refused by name, and the directory stays as it was", async () => {
  await using ground = await layGround();
  await Deno.writeTextFile(ground.out, "no backup at all".repeat(100));
  const target = join(ground.folder, "target");
  await Deno.mkdir(target);
  await assert.rejects(() => ground.restore(target), /it is no whole backup: it has no readable/);
  assert.deepEqual(await entriesOf(target), []);
  await assert.rejects(
    () => restoreBackup(["/nowhere.tar", "--data-dir", target], silent),
    /Cannot read|cannot be opened/,
  );
});

const silent = { terminal: { out: () => {}, err: () => {} } };

Deno.test("a restore goes into a directory with files only by force, and moves them aside", async () => {
  await using ground = await layGround();
  await fill(ground.dataDir);
  await ground.backup();
  const before = await dumpDir(ground.dataDir);
  const secrets = await Deno.readTextFile(join(ground.dataDir, "secrets.json"));
  const change = await openDatabase({ url: `file:${join(ground.dataDir, "candlewick.db")}` });
  await inTransaction(change.db, async (tx) => {
    await sql`delete from pairs`.execute(tx);
  });
  await change.close();
  await assert.rejects(() => ground.restore(ground.dataDir), /it is not empty/);
  assert.equal(await ground.restore(ground.dataDir, "--force"), 0);
  assert.deepEqual(await dumpDir(ground.dataDir), before);
  assert.equal(await Deno.readTextFile(join(ground.dataDir, "secrets.json")), secrets);
  const aside = join(ground.dataDir, "replaced-20260101T000000Z");
  assert.deepEqual((await dumpDir(aside)).pairs, []);
});

Deno.test("a restore refuses a directory whose server runs, by force too", async () => {
  await using ground = await layGround();
  await fill(ground.dataDir);
  await ground.backup();
  const server = await startServer(testSettings(ground.dataDir, { PORT: "0", RUN_JOBS: "no" }));
  const before = await entriesOf(ground.dataDir);
  await assert.rejects(() => ground.restore(ground.dataDir, "--force"), /another process has it/);
  assert.deepEqual(await entriesOf(ground.dataDir), before);
  await server.stop();
});
