import assert from "node:assert/strict";
import { createApp } from "../app.ts";
import { openPlatform } from "../boot.ts";
import { createCacheRegistry } from "../platform/cache.ts";
import { createInvalidations } from "../platform/invalidations.ts";
import { createTestApp, type TestApp, testSettings, toRequest } from "../testing.ts";
import { refresh, statusWith } from "./testing.ts";

const MINUTE_MS = 60_000;

function tokenCache(test: TestApp) {
  const cache = test.platform.caches.list().find((each) => each.stats().name === "verified-tokens");
  assert.ok(cache);
  return cache.stats();
}

Deno.test("An access token is good for 30 minutes, cached or not", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  test.clock.advance(30 * MINUTE_MS - 1_000);
  assert.equal(await statusWith(test, alice.token), 200);
  test.clock.advance(1_000);
  assert.equal(await statusWith(test, alice.token), 401);
});

Deno.test("A token that was verified is found in the cache without a database", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  await statusWith(test, alice.token);
  const before = tokenCache(test);
  for (let request = 0; request < 10; request++) {
    assert.equal(await statusWith(test, alice.token), 200);
  }
  const after = tokenCache(test);
  assert.equal(after.hits - before.hits, 10);
  assert.equal(after.misses, before.misses);
});

Deno.test("A refresh token is no access token", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  assert.equal(await statusWith(test, alice.refreshToken), 401);
});

Deno.test("A token of another installation is refused", async () => {
  await using test = await createTestApp();
  await using other = await createTestApp({ ENVIRONMENT: "other" });
  await other.signUp("mallory");
  other.clock.advance(1);
  const alice = await other.signUp("alice");
  assert.equal(await statusWith(other, alice.token), 200);
  assert.equal(await statusWith(test, alice.token), 401);
});

Deno.test("Another process cuts a disabled user's tokens within two seconds", async () => {
  await using test = await createTestApp();
  const [alice, admin] = [await test.signUp("alice"), await test.admin()];
  // A second process over the same rows, as over a shared server: its own caches, its own feed.
  const second = createApp(
    { ...test.platform, ...ownFeed(test) },
    { localToken: null },
  );
  const ask = async () =>
    (await second.request("/api/v1/users/me", toRequest({}, `Bearer ${alice.token}`))).status;
  assert.equal(await ask(), 200);
  await admin.as(`/api/v1/users/${alice.userId}`, {
    method: "PATCH",
    json: { is_active: false },
  });
  test.clock.advance(1_999);
  assert.equal(await ask(), 401);
});

function ownFeed(test: TestApp) {
  const { db, clock } = test.platform;
  return {
    invalidations: createInvalidations(db, clock),
    caches: createCacheRegistry(() => clock.now()),
  };
}

Deno.test("Rotating the keys keeps tokens of the key before and ends those of older ones", async () => {
  await using test = await createTestApp();
  const [alice, admin] = [await test.signUp("alice"), await test.admin()];
  const rotate = () => test.asLocal("/api/v1/auth/keys/rotate", { method: "POST" });
  test.clock.advance(1);
  const first = await rotate();
  assert.equal(first.status, 201);
  assert.equal((await first.json()).valid_key_ids.length, 2);
  assert.equal(await statusWith(test, alice.token), 200);
  test.clock.advance(1);
  const renewed = await (await refresh(test, alice.refreshToken)).json();
  await rotate();
  assert.equal(await statusWith(test, alice.token), 401);
  assert.equal(await statusWith(test, admin.token), 401);
  assert.equal(await statusWith(test, renewed.access_token), 200);
});

Deno.test("POST /auth/keys/rotate refuses a user and leaves one audit row for an admin", async () => {
  await using test = await createTestApp();
  const [alice, admin] = [await test.signUp("alice"), await test.admin()];
  const path = "/api/v1/auth/keys/rotate";
  assert.equal((await alice.as(path, { method: "POST" })).status, 403);
  const answer = await admin.as(path, { method: "POST" });
  const { key_id } = await answer.json();
  const { audits } = await test.traces(key_id);
  assert.deepEqual(audits.map(({ action, actor_id }) => [action, actor_id]), [
    ["signing_key.rotate", admin.userId],
  ]);
});

Deno.test("The local token speaks for the system, from this machine alone", async () => {
  await using test = await createTestApp();
  const secrets = JSON.parse(await Deno.readTextFile(`${test.dataDir}/secrets.json`));
  const ask = async (token: string, hostname: string) =>
    (await test.app.request(
      "/api/v1/users",
      { headers: { Authorization: `Local ${token}` } },
      { remoteAddr: { hostname } },
    )).status;
  for (const hostname of ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"]) {
    assert.equal(await ask(secrets.localToken, hostname), 200, hostname);
  }
  for (const hostname of ["192.168.1.2", "10.0.0.1", "::2", "128.0.0.1", "127.0.0.1.evil"]) {
    assert.equal(await ask(secrets.localToken, hostname), 401, hostname);
  }
  assert.equal(await ask(`${secrets.localToken}x`, "127.0.0.1"), 401);
  assert.equal(await ask("", "127.0.0.1"), 401);
});

Deno.test("The local token is there when the master keys come by setting", async () => {
  await using test = await createTestApp({ MASTER_KEYS: `main:${"A".repeat(43)}` });
  assert.equal((await test.asLocal("/api/v1/users")).status, 200);
});

Deno.test("Sessions and signing keys outlive a restart", async () => {
  const dataDir = await Deno.makeTempDir({ prefix: "candlewick-test-" });
  const settings = testSettings(dataDir);
  const ask = async (path: string, init: RequestInit) => {
    const opened = await openPlatform(settings);
    const app = createApp(opened.platform, { localToken: null });
    const answer = await app.request(path, init);
    const body = await answer.json();
    await opened.close();
    return { status: answer.status, body };
  };
  const json = { username: "alice", email: "alice@example.com", password: "a long password" };
  const { body } = await ask("/api/v1/auth/register", toRequest({ json }));
  const me = await ask("/api/v1/users/me", toRequest({}, `Bearer ${body.access_token}`));
  assert.equal(me.status, 200);
  assert.equal(me.body.username, "alice");
  await Deno.remove(dataDir, { recursive: true });
});
