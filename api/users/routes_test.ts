import assert from "node:assert/strict";
import { tables } from "../platform/database/open.ts";
import { createTestApp, type TestApp } from "../testing.ts";

async function auditOf(test: TestApp, action: string) {
  return await tables<{ audit_actions: { action: string; resource_id: string; actor_id: string } }>(
    test.platform.db,
  ).selectFrom("audit_actions").select(["resource_id", "actor_id"])
    .where("action", "=", action).execute();
}

Deno.test("GET /users/me answers the documented profile", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const answer = await alice.as("/api/v1/users/me");
  assert.equal(answer.status, 200);
  assert.deepEqual(await answer.json(), {
    id: alice.userId,
    username: "alice",
    email: "alice@example.com",
    full_name: null,
    is_active: true,
    role: "user",
    preferences: {},
    created_at: "2026-01-01T00:00:00.000Z",
    updated_at: "2026-01-01T00:00:00.000Z",
  });
});

Deno.test("GET /users/me refuses a request without a token", async () => {
  await using test = await createTestApp();
  const answer = await test.app.request("/api/v1/users/me");
  assert.equal(answer.status, 401);
  assert.equal((await answer.json()).code, "INVALID_TOKEN");
  assert.match(answer.headers.get("WWW-Authenticate") ?? "", /^Bearer/);
});

Deno.test("PATCH /users/me merges preferences and leaves one audit row", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const patch = async (json: unknown) =>
    await alice.as("/api/v1/users/me", { method: "PATCH", json });
  await patch({ preferences: { theme: "dark", language: "en", chart: { grid: true } } });
  const answer = await patch({
    full_name: "Alice",
    preferences: { theme: "light", language: null, chart: { volume: false } },
  });
  const body = await answer.json();
  assert.equal(body.full_name, "Alice");
  assert.deepEqual(body.preferences, { theme: "light", chart: { grid: true, volume: false } });
  const audit = await auditOf(test, "user.update");
  assert.equal(audit.length, 2);
  assert.deepEqual(audit[1], { resource_id: alice.userId, actor_id: alice.userId });
});

Deno.test("PATCH /users/me refuses preferences that are too large and changes nothing", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const answer = await alice.as("/api/v1/users/me", {
    method: "PATCH",
    json: { full_name: "Alice", preferences: { note: "x".repeat(20_000) } },
  });
  assert.equal(answer.status, 422);
  assert.equal((await answer.json()).errors[0].field, "preferences");
  const me = await (await alice.as("/api/v1/users/me")).json();
  assert.equal(me.full_name, null);
  assert.deepEqual(me.preferences, {});
});

Deno.test("PATCH /users/me ignores role, activity and members it does not know", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const answer = await alice.as("/api/v1/users/me", {
    method: "PATCH",
    json: { role: "admin", is_active: false, unknown: 1 },
  });
  const body = await answer.json();
  assert.equal(body.role, "user");
  assert.equal(body.is_active, true);
});

Deno.test("GET and PATCH /users/{id} refuse a user who is no admin, whoever's id it is", async () => {
  await using test = await createTestApp();
  const [alice, bob] = [await test.signUp("alice"), await test.signUp("bob")];
  const unknown = "0199c3a0-5f6e-7c1a-9c66-1f0a2b3c4d5e";
  for (const id of [alice.userId, bob.userId, unknown]) {
    assert.equal((await bob.as(`/api/v1/users/${id}`)).status, 403);
    const patch = { method: "PATCH", json: { is_active: false } };
    assert.equal((await bob.as(`/api/v1/users/${id}`, patch)).status, 403);
  }
  assert.equal((await alice.as("/api/v1/users/me")).status, 200);
  assert.equal((await bob.as("/api/v1/users")).status, 403);
});

Deno.test("PATCH /users/{id} disables a user at once and leaves one audit row", async () => {
  await using test = await createTestApp();
  const [alice, admin] = [await test.signUp("alice"), await test.admin()];
  assert.equal((await alice.as("/api/v1/users/me")).status, 200);
  const answer = await admin.as(`/api/v1/users/${alice.userId}`, {
    method: "PATCH",
    json: { is_active: false },
  });
  assert.equal((await answer.json()).is_active, false);
  assert.equal((await alice.as("/api/v1/users/me")).status, 401);
  const audit = await auditOf(test, "user.set_access");
  assert.deepEqual(audit.at(-1), { resource_id: alice.userId, actor_id: admin.userId });
});

Deno.test("PATCH /users/{id} does not revive the tokens of a user it enables again", async () => {
  await using test = await createTestApp();
  const [alice, admin] = [await test.signUp("alice"), await test.admin()];
  for (const is_active of [false, true]) {
    await admin.as(`/api/v1/users/${alice.userId}`, { method: "PATCH", json: { is_active } });
  }
  assert.equal((await alice.as("/api/v1/users/me")).status, 401);
});

Deno.test("PATCH /users/{id} refuses an admin's own id and an unknown one", async () => {
  await using test = await createTestApp();
  const admin = await test.admin();
  const patch = { method: "PATCH", json: { role: "user" } };
  assert.equal((await admin.as(`/api/v1/users/${admin.userId}`, patch)).status, 409);
  const unknown = "0199c3a0-5f6e-7c1a-9c66-1f0a2b3c4d5e";
  assert.equal((await admin.as(`/api/v1/users/${unknown}`, patch)).status, 404);
});

Deno.test("PATCH /users/{id} cannot touch the built-in user system", async () => {
  await using test = await createTestApp();
  const admin = await test.admin();
  const path = "/api/v1/users/00000000-0000-7000-8000-000000000000";
  assert.equal((await admin.as(path)).status, 404);
  const patch = { method: "PATCH", json: { is_active: true } };
  assert.equal((await admin.as(path, patch)).status, 404);
});

Deno.test("GET /users finds a user by e-mail address in any case and pages the rest", async () => {
  await using test = await createTestApp();
  const [alice, admin] = [await test.signUp("alice"), await test.admin()];
  const found = await (await admin.as("/api/v1/users?email=ALICE@Example.com")).json();
  assert.deepEqual(found.items.map((user: { id: string }) => user.id), [alice.userId]);
  const page = await admin.as("/api/v1/users?limit=1");
  assert.match(page.headers.get("Link") ?? "", /rel="next"/);
  assert.equal((await page.json()).total, 2);
});

Deno.test("GET /users narrows the list by activity, role and text together", async () => {
  await using test = await createTestApp();
  const names = ["alice", "bob", "under_score", "percent"];
  const users = new Map<string, { userId: string }>();
  for (const name of names) users.set(name, await test.signUp(name));
  const admin = await test.admin();
  const idOf = (name: string) => users.get(name)?.userId ?? "";
  await admin.as(`/api/v1/users/${idOf("bob")}`, { method: "PATCH", json: { is_active: false } });
  const found = async (query: string) => {
    const answer = await admin.as(`/api/v1/users?${query}`);
    const { items, total } = await answer.json();
    assert.equal(items.length, total);
    return items.map(({ username }: { username: string }) => username);
  };
  assert.deepEqual(await found("is_active=false"), ["bob"]);
  assert.deepEqual(await found("role=admin"), ["admin-1"]);
  assert.deepEqual(await found("search=LICE"), ["alice"]);
  assert.deepEqual(await found("search=_"), ["under_score"]);
  assert.deepEqual(await found("search=%25"), []);
  const together = await found("search=example.com&is_active=true&role=user");
  assert.deepEqual(together.toSorted(), ["alice", "percent", "under_score"]);
});

Deno.test("GET /users refuses filters it does not know and pages that are too large", async () => {
  await using test = await createTestApp();
  const admin = await test.admin();
  for (const query of ["is_active=maybe", "role=system", "search=", "limit=101", "offset=-1"]) {
    assert.equal((await admin.as(`/api/v1/users?${query}`)).status, 422, query);
  }
});
