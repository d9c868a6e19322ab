import assert from "node:assert/strict";
import { createCtx } from "../platform/context.ts";
import { createTestApp, type TestApp, type TestUser, toRequest } from "../testing.ts";
import { sweepAccessLog } from "./service.ts";

const LOGS = "/api/v1/audit/logs";
const ACCESS = "/api/v1/audit/access";

async function read(user: TestUser, path: string) {
  const answer = await user.as(path);
  const body = await answer.json();
  assert.equal(answer.status, 200, JSON.stringify(body));
  return body;
}

async function createStrategy(user: TestUser, name: string): Promise<string> {
  const json = { name, description: "", code: "# nothing" };
  const answer = await user.as("/api/v1/strategies", { json });
  const { id } = await answer.json();
  assert.equal(answer.status, 201);
  return id;
}

function actionsOf({ items }: { items: { action: string }[] }): string[] {
  return items.map(({ action }) => action);
}

async function openTrail(): Promise<{ test: TestApp; alice: TestUser; bob: TestUser }> {
  const test = await createTestApp();
  return { test, alice: await test.signUp("alice"), bob: await test.signUp("bob") };
}

Deno.test("GET /audit/logs shows the caller's own actions, newest first, with their request", async () => {
  const { test, alice, bob } = await openTrail();
  await using _ = test;
  await createStrategy(bob, "Of Bob");
  test.clock.advance(1_000);
  const init = toRequest({
    json: { name: "Mine", description: "", code: "# nothing" },
    headers: { "X-Request-ID": "request-of-alice" },
  }, `Bearer ${alice.token}`);
  const env = { remoteAddr: { hostname: "192.0.2.7" } };
  const { id } = await (await test.app.request("/api/v1/strategies", init, env)).json();
  await test.platform.writeBehinds.flush();
  const page = await read(alice, LOGS);
  assert.deepEqual(actionsOf(page), ["strategy.create", "user.register"]);
  assert.deepEqual([page.total, page.limit, page.offset], [2, 50, 0]);
  const { id: _id, details, ...item } = page.items[0];
  assert.deepEqual(item, {
    created_at: "2026-01-01T00:00:01.000Z",
    user_id: alice.userId,
    username: "alice",
    action: "strategy.create",
    resource_type: "strategy",
    resource_id: id,
    ip_address: "192.0.2.7",
    request_id: "request-of-alice",
    http_method: "POST",
    path: "/api/v1/strategies",
    status_code: 201,
  });
  assert.equal(details.before, null);
  assert.equal(details.after.name, "Mine");
});

Deno.test("GET /audit/logs narrows by action, kind, row and time, and pages", async () => {
  const { test, alice } = await openTrail();
  await using _ = test;
  const ids = [];
  for (const name of ["One", "Two", "Three"]) {
    test.clock.advance(60_000);
    ids.push(await createStrategy(alice, name));
  }
  await alice.as(`/api/v1/strategies/${ids[0]}`, { method: "DELETE" });
  assert.deepEqual(actionsOf(await read(alice, `${LOGS}?action=strategy.delete`)), [
    "strategy.delete",
  ]);
  assert.equal((await read(alice, `${LOGS}?resource_type=strategy`)).total, 4);
  assert.equal((await read(alice, `${LOGS}?resource_id=${ids[0]}`)).total, 2);
  const from = "2026-01-01T00:02:00Z";
  const to = Date.UTC(2026, 0, 1, 0, 3);
  const between = await read(alice, `${LOGS}?from=${from}&to=${to}`);
  assert.deepEqual(between.items.map((item: { resource_id: string }) => item.resource_id), [
    ids[1],
  ]);
  const answer = await alice.as(`${LOGS}?limit=2&offset=2`);
  assert.match(answer.headers.get("Link") ?? "", /rel="next".*rel="prev"/);
  const page = await answer.json();
  assert.deepEqual([page.items.length, page.total], [2, 5]);
});

Deno.test("GET /audit/logs refuses times and pages that are none", async () => {
  const { test, alice } = await openTrail();
  await using _ = test;
  for (
    const query of ["from=yesterday", "to=2026-01-01", "limit=101", "user_id=alice", "action="]
  ) {
    assert.equal((await alice.as(`${LOGS}?${query}`)).status, 422, query);
  }
});

Deno.test("GET /audit/logs shows an admin everybody's actions, or one user's", async () => {
  const { test, alice, bob } = await openTrail();
  await using _ = test;
  const admin = await test.admin();
  await createStrategy(bob, "Of Bob");
  const all = await read(admin, `${LOGS}?limit=100`);
  const names = new Set(all.items.map(({ username }: { username: string }) => username));
  assert.deepEqual(names, new Set(["alice", "bob", "admin-1", "system"]));
  const one = await read(admin, `${LOGS}?user_id=${bob.userId}`);
  assert.deepEqual(actionsOf(one), ["strategy.create", "user.register"]);
  assert.equal((await alice.as(`${LOGS}?user_id=${alice.userId}`)).status, 200);
  assert.equal((await alice.as(`${LOGS}?user_id=${bob.userId}`)).status, 403);
});

Deno.test("GET /audit/logs never shows passwords, tokens or their digests", async () => {
  const { test, alice } = await openTrail();
  await using _ = test;
  const { token } = await (await alice.as("/api/v1/auth/tokens", { json: { name: "N" } })).json();
  await alice.as("/api/v1/auth/change-password", {
    json: { current_password: alice.password, new_password: "another password" },
  });
  const text = JSON.stringify(await read(alice, LOGS));
  assert.match(text, /api_token\.create/);
  for (const secret of [token, alice.password, "another password", "$argon2"]) {
    assert.equal(text.includes(secret), false);
  }
});

Deno.test("A request id that another caller sent too does not show that caller's request", async () => {
  const { test, alice, bob } = await openTrail();
  await using _ = test;
  const headers = { "X-Request-ID": "shared-request-id" };
  await alice.as("/api/v1/users/me", { method: "PATCH", json: { full_name: "Alice" }, headers });
  await bob.as("/api/v1/jobs/health", { headers });
  await test.platform.writeBehinds.flush();
  const { items } = await read(alice, `${LOGS}?action=user.update`);
  assert.deepEqual([items[0].http_method, items[0].path], ["PATCH", "/api/v1/users/me"]);
});

Deno.test("GET /audit/access shows an admin every answered request, without queries", async () => {
  const { test, alice } = await openTrail();
  await using _ = test;
  const admin = await test.admin();
  test.clock.advance(5_000);
  const env = { remoteAddr: { hostname: "192.0.2.7" } };
  const headers = { "User-Agent": "curl/8.5.0" };
  const init = toRequest({ headers }, `Bearer ${alice.token}`);
  await test.app.request("/api/v1/strategies?name=secret-name", init, env);
  await test.app.request("/api/v1/nowhere", {}, env);
  await test.app.request("/health", {}, env);
  await test.platform.writeBehinds.flush();
  const { items } = await read(admin, `${ACCESS}?address=192.0.2.7`);
  assert.deepEqual(
    items.map((item: Record<string, unknown>) => [item.method, item.path, item.status]),
    [["GET", "/api/v1/nowhere", 404], ["GET", "/api/v1/strategies", 200]],
  );
  assert.equal(JSON.stringify(items).includes("secret-name"), false);
  const { user_id, username, user_agent, created_at, api_token_id } = items[1];
  assert.deepEqual([user_id, username, user_agent, created_at, api_token_id], [
    alice.userId,
    "alice",
    "curl/8.5.0",
    "2026-01-01T00:00:05.000Z",
    null,
  ]);
  assert.ok(items[1].session_id);
});

Deno.test("GET /audit/access narrows by user, method, status, path and time", async () => {
  const { test, alice } = await openTrail();
  await using _ = test;
  const admin = await test.admin();
  test.clock.advance(60_000);
  await alice.as("/api/v1/users/me");
  await alice.as("/api/v1/users");
  await test.platform.writeBehinds.flush();
  const paths = async (query: string) => {
    const { items } = await read(admin, `${ACCESS}?user_id=${alice.userId}&${query}`);
    return items.map(({ path }: { path: string }) => path);
  };
  assert.deepEqual(await paths("method=GET"), ["/api/v1/users", "/api/v1/users/me"]);
  assert.deepEqual(await paths("status=403"), ["/api/v1/users"]);
  assert.deepEqual(await paths("path=/api/v1/users/m"), ["/api/v1/users/me"]);
  assert.deepEqual(await paths("path=%25"), []);
  assert.deepEqual(await paths("to=2026-01-01T00:01:00Z"), []);
});

Deno.test("GET /audit/access refuses a user and shows which API token asked", async () => {
  const { test, alice } = await openTrail();
  await using _ = test;
  const admin = await test.admin();
  const { id, token } = await (await alice.as("/api/v1/auth/tokens", { json: { name: "N" } }))
    .json();
  assert.equal((await alice.as(ACCESS)).status, 403);
  await test.app.request("/api/v1/users/me", toRequest({}, `Bearer ${token}`));
  await test.platform.writeBehinds.flush();
  const { items } = await read(admin, `${ACCESS}?path=/api/v1/users/me`);
  assert.deepEqual([items[0].api_token_id, items[0].session_id], [id, null]);
});

Deno.test("The access log holds what fits, writes nothing when it is off, and loses old lines", async () => {
  await using off = await createTestApp({ ACCESS_LOG_DAYS: "0" });
  await off.signUp("alice");
  await off.platform.writeBehinds.flush();
  assert.equal((await read(await off.admin(), ACCESS)).total, 0);
  await using test = await createTestApp({ ACCESS_LOG_DAYS: "2" });
  const admin = await test.admin();
  const linger = async () => {
    await test.platform.writeBehinds.flush();
    return (await read(admin, `${ACCESS}?path=/api/v1/auth/register`)).total;
  };
  assert.equal(await linger(), 1);
  test.clock.advance(2 * 86_400_000);
  const { signal } = new AbortController();
  const ctx = createCtx(test.platform, { actor: null, signal });
  assert.equal(await sweepAccessLog(ctx, signal), 0);
  test.clock.advance(1);
  assert.ok(await sweepAccessLog(ctx, signal) > 0);
  const { access_token } = await (await test.app.request(
    "/api/v1/auth/login",
    toRequest({ json: { username: admin.name, password: admin.password } }),
  )).json();
  const answer = await test.app.request(ACCESS, toRequest({}, `Bearer ${access_token}`));
  assert.equal(
    (await answer.json()).items.some(({ path }: { path: string }) =>
      path === "/api/v1/auth/register"
    ),
    false,
  );
});

Deno.test("A path of any length and any characters is kept, cut at 512", async () => {
  const { test } = await openTrail();
  await using _ = test;
  const admin = await test.admin();
  const path = `/api/v1/"quoted'/${encodeURIComponent("✓\u0000")}/${"x".repeat(600)}`;
  await test.app.request(path, { headers: { "User-Agent": 'a"b' } });
  await test.platform.writeBehinds.flush();
  const { items } = await read(admin, `${ACCESS}?status=404`);
  assert.equal(items.length, 1);
  assert.equal(items[0].path.length, 512);
  assert.equal(items[0].user_agent, 'a"b');
});
