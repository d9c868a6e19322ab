import assert from "node:assert/strict";
import { startHranaServer } from "../platform/testing/hrana_server.ts";
import { createTestApp, type TestApp, type TestUser } from "../testing.ts";

const DELETE = { method: "DELETE" };

function purge(user: TestUser, pattern: string): Promise<Response> {
  return user.as(`/api/v1/cache/keys/${encodeURIComponent(pattern)}`, DELETE);
}

function addEntries(test: TestApp, count: number): void {
  const cache = test.platform.caches.create<string>({
    name: "candles",
    entriesMax: 100,
    lifetimeMs: 60_000,
  });
  for (let index = 0; index < count; index++) cache.set(`btc-${index}`, "a value");
  cache.get("btc-0");
  cache.get("missing");
}

Deno.test("GET /cache/health tells that other processes' changes arrive, and when they do not", async () => {
  await using test = await createTestApp();
  const ann = await test.signUp("ann");
  const answer = await ann.as("/api/v1/cache/health");
  assert.deepEqual(await answer.json(), {
    status: "healthy",
    connected: true,
    backend: "memory",
    redis_version: null,
  });
  assert.equal((await test.app.request("/api/v1/cache/health")).status, 401);
});

Deno.test("GET /cache/stats adds up the caches of the process", async () => {
  await using test = await createTestApp();
  const ann = await test.signUp("ann");
  addEntries(test, 3);
  const stats = await (await ann.as("/api/v1/cache/stats")).json();
  const candles = stats.caches.find(({ name }: { name: string }) => name === "candles");
  assert.equal(candles.keys, 3);
  assert.equal(candles.hits, 1);
  assert.equal(candles.misses, 1);
  assert.match(stats.memory_used, /^\d+\.\dMB$/);
  const sum = stats.caches.reduce((keys: number, each: { keys: number }) => keys + each.keys, 0);
  assert.equal(stats.total_keys, sum);
  assert.ok(Math.abs(stats.hit_rate + stats.miss_rate - 1) < 1e-12);
});

Deno.test("purgeCacheKeys() deletes what matches, counts it and leaves one audit row", async () => {
  await using test = await createTestApp();
  const admin = await test.admin();
  addEntries(test, 12);
  const answer = await purge(admin, "candles:btc-1*");
  assert.deepEqual(await answer.json(), { deleted_count: 3, pattern: "candles:btc-1*" });
  const { audits } = await test.traces("candles:btc-1*");
  assert.deepEqual(audits.map(({ action, actor_id }) => ({ action, actor_id })), [
    { action: "cache.purge", actor_id: admin.userId },
  ]);
});

Deno.test("purgeCacheKeys() refuses without the scope, and leaves nothing", async () => {
  await using test = await createTestApp();
  const ann = await test.signUp("ann");
  addEntries(test, 2);
  const answer = await purge(ann, "*");
  assert.equal(answer.status, 403);
  assert.equal((await answer.json()).code, "MISSING_SCOPE");
  assert.deepEqual((await test.traces("*")).audits, []);
  const stats = await (await ann.as("/api/v1/cache/stats")).json();
  assert.equal(stats.caches.find(({ name }: { name: string }) => name === "candles").keys, 2);
});

Deno.test("purgeCacheKeys() reaches the caches of another process", async () => {
  const folder = await Deno.makeTempDir({ prefix: "candlewick-test-" });
  {
    await using server = startHranaServer({ path: `${folder}/shared.db` });
    await using one = await createTestApp({ DATABASE_URL: server.url });
    await using other = await createTestApp({
      DATABASE_URL: server.url,
      DATA_DIR: one.dataDir,
      KV_URL: `${folder}/other.kv`,
    });
    const admin = await one.admin();
    await other.platform.invalidations.catchUp();
    addEntries(other, 5);
    assert.equal((await (await purge(admin, "candles:*")).json()).deleted_count, 0);
    other.clock.advance(2_000);
    await other.platform.invalidations.catchUp();
    const [candles] = other.platform.caches.list().map((each) => each.stats())
      .filter(({ name }) => name === "candles");
    assert.equal(candles?.entries, 0);
  }
  await Deno.remove(folder, { recursive: true });
});
