import assert from "node:assert/strict";
import { startHranaServer } from "../platform/testing/hrana_server.ts";
import { createTestApp } from "../testing.ts";

const PATH = "/api/v1/system/backup";
const POST = { method: "POST" };
/** The owner of what belongs to nobody: the row that says who copied the database. */
const SYSTEM = "00000000-0000-7000-8000-000000000000";

Deno.test("copyDatabase() answers a database file to a command on its machine, and records it", async () => {
  await using test = await createTestApp();
  await test.signUp("ann");
  const answer = await test.asLocal(PATH, POST);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("Content-Length"), String(bytes.length));
  assert.equal(new TextDecoder().decode(bytes.subarray(0, 15)), "SQLite format 3");
  assert.deepEqual((await test.traces(SYSTEM)).audits.map(({ action }) => action), [
    "system.backup",
  ]);
  const left = await Array.fromAsync(Deno.readDir(test.dataDir), ({ name }) => name);
  assert.deepEqual(left.filter((name) => name.includes("backup")), []);
});

Deno.test("copyDatabase() refuses every account, an admin's too, and leaves nothing", async () => {
  await using test = await createTestApp();
  const ann = await test.signUp("ann");
  const admin = await test.admin();
  assert.equal((await test.app.request(PATH, POST)).status, 401);
  assert.equal((await (await ann.as(PATH, POST)).json()).code, "MISSING_SCOPE");
  const refused = await admin.as(PATH, POST);
  assert.equal(refused.status, 403);
  assert.match((await refused.json()).detail, /only a command on its machine may/);
  assert.deepEqual((await test.traces(SYSTEM)).audits, []);
});

Deno.test("copyDatabase() makes one copy at a time, and another once that was let go", async () => {
  await using test = await createTestApp();
  const first = await test.asLocal(PATH, POST);
  const second = await test.asLocal(PATH, POST);
  assert.equal(second.status, 409);
  assert.match((await second.json()).detail, /a copy is being made already/);
  await first.body?.cancel();
  const third = await test.asLocal(PATH, POST);
  assert.equal(third.status, 200);
  await third.arrayBuffer();
});

Deno.test("copyDatabase() leaves a libSQL server's database to that server", async () => {
  const folder = await Deno.makeTempDir({ prefix: "candlewick-test-" });
  {
    await using server = startHranaServer({ path: `${folder}/shared.db` });
    await using test = await createTestApp({ DATABASE_URL: server.url });
    const answer = await test.asLocal(PATH, POST);
    assert.equal(answer.status, 409);
    assert.match((await answer.json()).detail, /belongs to a libSQL server/);
  }
  await Deno.remove(folder, { recursive: true });
});
