import assert from "node:assert/strict";
import { createApp } from "../app.ts";
import { createCacheRegistry } from "../platform/cache.ts";
import { createInvalidations } from "../platform/invalidations.ts";
import { createTestApp, type TestApp, type TestUser, toRequest } from "../testing.ts";
import { login } from "./testing.ts";

const PATH = "/api/v1/auth/tokens";
const ME = "/api/v1/users/me";

async function createToken(user: TestUser, json: Record<string, unknown> = {}) {
  const answer = await user.as(PATH, { json: { name: "Nightly", ...json } });
  const body = await answer.json();
  assert.equal(answer.status, 201, JSON.stringify(body));
  return body;
}

async function ask(
  test: TestApp,
  token: string,
  { path = ME, hostname, ...init }: RequestInit & { path?: string; hostname?: string } = {},
): Promise<Response> {
  const env = hostname === undefined ? {} : { remoteAddr: { hostname } };
  return await test.app.request(path, toRequest(init, `Bearer ${token}`), env);
}

Deno.test("POST /auth/tokens makes a token that reads, and shows its secret this once", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const { id, token, ...facts } = await createToken(alice);
  assert.match(token, /^cwk_[A-Za-z0-9_-]{43}$/);
  assert.deepEqual(facts, {
    name: "Nightly",
    last4: token.slice(-4),
    scopes: ["read"],
    addresses: null,
    expires_at: null,
    created_at: "2026-01-01T00:00:00.000Z",
    used_at: null,
    used_address: null,
  });
  assert.equal((await ask(test, token)).status, 200);
  const list = await (await alice.as(PATH)).json();
  assert.deepEqual(list.items.map((item: { id: string }) => item.id), [id]);
  assert.equal(JSON.stringify(list).includes(token), false);
  const { audits, events } = await test.traces(id);
  assert.deepEqual(audits.map(({ action }) => action), ["api_token.create"]);
  assert.equal(JSON.stringify([audits, events]).includes(token), false);
});

Deno.test("An API token's secret is stored nowhere in clear", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const { token } = await createToken(alice);
  await ask(test, token);
  await test.platform.writeBehinds.flush();
  const files = await Promise.all(
    ["candlewick.db", "candlewick.db-wal", "candlewick.kv", "candlewick.kv-wal"].map((name) =>
      Deno.readFile(`${test.dataDir}/${name}`).catch(() => new Uint8Array())
    ),
  );
  const stored = files.map((bytes) => new TextDecoder("latin1").decode(bytes)).join("\n");
  assert.ok(stored.includes("Nightly"));
  assert.equal(stored.includes(token), false);
});

Deno.test("An API token may do what its scopes say and no more", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const json = { name: "Mine", description: "", code: "# nothing" };
  const create = (token: string) =>
    test.app.request("/api/v1/strategies", toRequest({ json }, `Bearer ${token}`));
  const reader = await create((await createToken(alice)).token);
  assert.equal(reader.status, 403);
  assert.equal((await reader.json()).code, "MISSING_SCOPE");
  const writer = await createToken(alice, { scopes: ["read", "strategy:write"] });
  assert.notEqual((await create(writer.token)).status, 403);
});

Deno.test("POST /auth/tokens refuses scopes the user lacks", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const answer = await alice.as(PATH, { json: { name: "Root", scopes: ["read", "admin"] } });
  assert.equal(answer.status, 403);
  assert.equal((await (await alice.as(PATH)).json()).total, 0);
});

Deno.test("An API token loses the scopes its user loses", async () => {
  await using test = await createTestApp();
  const admin = await test.admin();
  const { token } = await createToken(admin, { scopes: ["read", "admin"] });
  const users = { path: "/api/v1/users" };
  assert.equal((await ask(test, token, users)).status, 200);
  await test.asLocal(`/api/v1/users/${admin.userId}`, { method: "PATCH", json: { role: "user" } });
  assert.equal((await ask(test, token, users)).status, 403);
  assert.equal((await ask(test, token)).status, 200);
});

Deno.test("Disabling a user cuts the API tokens, and enabling does not revive them", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const { token } = await createToken(alice);
  assert.equal((await ask(test, token)).status, 200);
  for (const is_active of [false, true]) {
    await test.asLocal(`/api/v1/users/${alice.userId}`, { method: "PATCH", json: { is_active } });
    assert.equal((await ask(test, token)).status, 401);
  }
});

Deno.test("An API token cannot touch tokens, sessions, passwords or the profile", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const { id, token } = await createToken(alice, { scopes: ["read", "strategy:write"] });
  const tries: [string, string, unknown?][] = [
    ["POST", PATH, { name: "Another" }],
    ["GET", PATH],
    ["DELETE", `${PATH}/${id}`],
    ["GET", "/api/v1/auth/sessions"],
    ["DELETE", "/api/v1/auth/sessions"],
    ["DELETE", `/api/v1/auth/sessions/${id}`],
    ["POST", "/api/v1/auth/logout"],
    ["POST", "/api/v1/auth/change-password", {
      current_password: alice.password,
      new_password: "another password",
    }],
    ["PATCH", ME, { full_name: "Mallory" }],
  ];
  for (const [method, path, json] of tries) {
    const init = toRequest({ method, ...(json === undefined ? {} : { json }) }, `Bearer ${token}`);
    const answer = await test.app.request(path, init);
    assert.equal(answer.status, 403, `${method} ${path}`);
  }
  assert.equal((await login(test, alice)).status, 200);
});

Deno.test("An API token is taken from the addresses on its list alone, cached or not", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const { token } = await createToken(alice, { addresses: ["192.0.2.7", "10.0.0.0/8"] });
  const status = async (hostname?: string) => (await ask(test, token, { hostname })).status;
  assert.equal(await status("203.0.113.1"), 403);
  assert.equal(await status("192.0.2.7"), 200);
  assert.equal(await status("::ffff:10.1.2.3"), 200);
  assert.equal(await status("192.0.2.8"), 403);
  assert.equal(await status(), 403);
  const { detail } = await (await ask(test, token, { hostname: "192.0.2.8" })).json();
  assert.equal(detail, 'Cannot use the API token: address "192.0.2.8" is not on its list');
});

Deno.test("An API token ends at its time, cached or not", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const { token } = await createToken(alice, { expires_at: "2026-01-01T00:10:00Z" });
  test.clock.advance(599_999);
  assert.equal((await ask(test, token)).status, 200);
  test.clock.advance(1);
  assert.equal((await ask(test, token)).status, 401);
});

Deno.test("POST /auth/tokens refuses what is not valid and makes nothing", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const bad: [string, Record<string, unknown>][] = [
    ["name", { name: " " }],
    ["scopes", { scopes: [] }],
    ["scopes.0", { scopes: ["everything"] }],
    ["expires_at", { expires_at: "2025-01-01T00:00:00Z" }],
    ["expires_at", { expires_at: "tomorrow" }],
    ["addresses", { addresses: [] }],
    ["addresses.1", { addresses: ["10.0.0.1", "10.0.0.0/40"] }],
  ];
  for (const [field, json] of bad) {
    const answer = await alice.as(PATH, { json: { name: "Nightly", ...json } });
    assert.equal(answer.status, 422, field);
    assert.equal((await answer.json()).errors[0].field, field);
  }
  assert.equal((await (await alice.as(PATH)).json()).total, 0);
});

Deno.test("POST /auth/tokens refuses the fifty-first token", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  for (let number = 0; number < 50; number++) await createToken(alice);
  const answer = await alice.as(PATH, { json: { name: "One more" } });
  assert.equal(answer.status, 422);
  assert.equal((await answer.json()).code, "LIMIT_EXCEEDED");
});

Deno.test("DELETE /auth/tokens/{id} ends the token at once and leaves one audit row", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const [gone, kept] = [await createToken(alice), await createToken(alice)];
  assert.equal((await ask(test, gone.token)).status, 200);
  const remove = () => alice.as(`${PATH}/${gone.id}`, { method: "DELETE" });
  assert.equal((await remove()).status, 204);
  assert.equal((await ask(test, gone.token)).status, 401);
  assert.equal((await ask(test, kept.token)).status, 200);
  assert.equal((await remove()).status, 404);
  const { audits } = await test.traces(gone.id);
  assert.deepEqual(audits.map(({ action }) => action), ["api_token.create", "api_token.delete"]);
});

Deno.test("DELETE /auth/tokens/{id} answers a stranger as for an unknown id", async () => {
  await using test = await createTestApp();
  const [alice, bob] = [await test.signUp("alice"), await test.signUp("bob")];
  const { id, token } = await createToken(alice);
  for (const each of [id, "0199c3a0-5f6e-7c1a-9c66-1f0a2b3c4d5e"]) {
    assert.equal((await bob.as(`${PATH}/${each}`, { method: "DELETE" })).status, 404);
  }
  assert.equal((await ask(test, token)).status, 200);
});

Deno.test("Another process cuts a deleted API token within two seconds", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const { id, token } = await createToken(alice);
  const { db, clock } = test.platform;
  // A second process over the same rows: its own caches, its own feed.
  const second = createApp({
    ...test.platform,
    invalidations: createInvalidations(db, clock),
    caches: createCacheRegistry(() => clock.now()),
  }, { localToken: null });
  const status = async () => (await second.request(ME, toRequest({}, `Bearer ${token}`))).status;
  assert.equal(await status(), 200);
  await alice.as(`${PATH}/${id}`, { method: "DELETE" });
  test.clock.advance(1_999);
  assert.equal(await status(), 401);
});

Deno.test("GET /auth/tokens shows the last use and from where, written once a minute", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const { token } = await createToken(alice);
  const lastUse = async () => {
    await test.platform.writeBehinds.flush();
    const { used_at, used_address } = (await (await alice.as(PATH)).json()).items[0];
    return [used_at, used_address];
  };
  await ask(test, token, { hostname: "192.0.2.7" });
  assert.deepEqual(await lastUse(), ["2026-01-01T00:00:00.000Z", "192.0.2.7"]);
  test.clock.advance(59_999);
  await ask(test, token, { hostname: "192.0.2.8" });
  assert.deepEqual(await lastUse(), ["2026-01-01T00:00:00.000Z", "192.0.2.7"]);
  test.clock.advance(1);
  await ask(test, token, { hostname: "192.0.2.8" });
  assert.deepEqual(await lastUse(), ["2026-01-01T00:01:00.000Z", "192.0.2.8"]);
});

Deno.test("An API token that was verified is found in the cache without a database", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const { token } = await createToken(alice);
  await ask(test, token);
  const stats = () =>
    test.platform.caches.list().map((cache) => cache.stats())
      .find(({ name }) => name === "verified-tokens");
  const before = stats();
  for (let request = 0; request < 10; request++) await ask(test, token);
  assert.equal((stats()?.hits ?? 0) - (before?.hits ?? 0), 10);
  assert.equal(stats()?.misses, before?.misses);
});

Deno.test("A text that only looks like an API token is refused", async () => {
  await using test = await createTestApp();
  for (
    const token of ["cwk_", "cwk_unknown", `cwk_${"A".repeat(43)}`, `cwk_${"A".repeat(5_000)}`]
  ) {
    assert.equal((await ask(test, token)).status, 401);
  }
});
