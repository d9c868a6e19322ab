import assert from "node:assert/strict";
import { createTestApp, toRequest } from "../testing.ts";
import { login, post, statusWith } from "./testing.ts";

const trader = {
  username: "trader123",
  email: "Trader@Example.com",
  password: "SecurePass123!",
  full_name: "John Trader",
};

Deno.test("POST /auth/register answers 201 with the documented shape", async () => {
  await using test = await createTestApp();
  const answer = await post(test, "register", trader);
  assert.equal(answer.status, 201);
  const { access_token, refresh_token, user, ...rest } = await answer.json();
  assert.deepEqual(rest, { token_type: "bearer" });
  assert.match(access_token, /^ey/);
  assert.match(refresh_token, /^ey/);
  const { id, ...named } = user;
  assert.match(id, /^[0-9a-f-]{36}$/);
  assert.deepEqual(named, {
    username: "trader123",
    email: "Trader@Example.com",
    full_name: "John Trader",
    is_active: true,
  });
  assert.equal(await statusWith(test, access_token), 200);
});

Deno.test("POST /auth/register leaves one audit row and one event, without the password", async () => {
  await using test = await createTestApp();
  const { user } = await (await post(test, "register", trader)).json();
  const { audits, events } = await test.traces(user.id);
  assert.deepEqual(audits.map(({ action, actor_id }) => [action, actor_id]), [
    ["user.register", user.id],
  ]);
  assert.deepEqual(events.map(({ type }) => type), ["user.registered"]);
  assert.doesNotMatch(JSON.stringify([audits, events]), /SecurePass/);
});

Deno.test("POST /auth/register refuses a taken name or address in any case", async () => {
  await using test = await createTestApp();
  await post(test, "register", trader);
  const sameName = await post(test, "register", {
    ...trader,
    username: "TRADER123",
    email: "other@example.com",
  });
  assert.equal(sameName.status, 409);
  assert.equal((await sameName.json()).detail, 'Cannot register: username "TRADER123" is taken');
  const sameAddress = await post(test, "register", {
    ...trader,
    username: "other",
    email: "trader@EXAMPLE.com",
  });
  assert.equal(sameAddress.status, 409);
  assert.equal((await sameAddress.json()).code, "NAME_TAKEN");
});

Deno.test("POST /auth/register leaves nothing behind when it is refused", async () => {
  await using test = await createTestApp();
  await post(test, "register", trader);
  await post(test, "register", { ...trader, username: "other" });
  const admin = await test.admin();
  const { total } = await (await admin.as("/api/v1/users")).json();
  assert.equal(total, 2);
  assert.equal(
    (await post(test, "login", { username: "other", password: trader.password })).status,
    401,
  );
});

Deno.test("POST /auth/register names each field that is not allowed", async () => {
  await using test = await createTestApp();
  const cases: [string, Record<string, unknown>][] = [
    ["username", { username: "system" }],
    ["username", { username: "SYSTEM" }],
    ["username", { username: "ab" }],
    ["username", { username: "a@b.c" }],
    ["username", { username: "x".repeat(33) }],
    ["username", { username: " spaced" }],
    ["email", { email: "nowhere" }],
    ["password", { password: "short" }],
    ["password", { password: "x".repeat(257) }],
    ["full_name", { full_name: "x".repeat(201) }],
    ["password", { password: undefined }],
  ];
  for (const [field, change] of cases) {
    const answer = await post(test, "register", { ...trader, ...change });
    assert.equal(answer.status, 422, JSON.stringify(change));
    const { errors } = await answer.json();
    assert.deepEqual(errors.map((each: { field: string }) => each.field), [field]);
  }
});

Deno.test("POST /auth/login takes the name or the e-mail address in any case", async () => {
  await using test = await createTestApp();
  await post(test, "register", trader);
  for (const username of ["trader123", "Trader123", "trader@example.com", " TRADER@EXAMPLE.COM "]) {
    const answer = await post(test, "login", { username, password: trader.password });
    assert.equal(answer.status, 200, username);
    const body = await answer.json();
    assert.equal(body.user.username, "trader123");
    assert.equal(await statusWith(test, body.access_token), 200);
  }
});

Deno.test("POST /auth/login takes a password typed in another Unicode form", async () => {
  await using test = await createTestApp();
  await post(test, "register", { ...trader, password: "passw\u00f6rter" });
  const answer = await post(test, "login", {
    username: "trader123",
    password: "passwo\u0308rter",
  });
  assert.equal(answer.status, 200);
});

Deno.test("POST /auth/login answers a wrong password and an unknown name alike", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const wrong = await login(test, { ...alice, password: "not the password" });
  const unknown = await login(test, { name: "nobody", password: "not the password" });
  assert.equal(wrong.status, 401);
  assert.equal(unknown.status, 401);
  const mask = async (answer: Response) => ({ ...await answer.json(), request_id: "" });
  assert.deepEqual(await mask(wrong), await mask(unknown));
});

Deno.test("POST /auth/login refuses the built-in user system", async () => {
  await using test = await createTestApp();
  for (const password of ["!", "", "system"]) {
    const answer = await post(test, "login", { username: "system", password });
    assert.notEqual(answer.status, 200);
  }
});

Deno.test("POST /auth/login refuses a disabled account that knows its password", async () => {
  await using test = await createTestApp();
  const [alice, admin] = [await test.signUp("alice"), await test.admin()];
  await admin.as(`/api/v1/users/${alice.userId}`, {
    method: "PATCH",
    json: { is_active: false },
  });
  const right = await login(test, alice);
  assert.equal(right.status, 403);
  assert.equal((await right.json()).code, "ACCOUNT_DISABLED");
  const wrong = await login(test, { ...alice, password: "not the password" });
  assert.equal(wrong.status, 401);
});

Deno.test("A stale Authorization header does not keep anyone from signing in", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const answer = await test.app.request(
    "/api/v1/auth/login",
    toRequest({ json: { username: "alice", password: alice.password } }, "Bearer expired"),
  );
  assert.equal(answer.status, 200);
});

Deno.test("POST /auth/logout ends the session: neither of its tokens is good any more", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const other = await (await login(test, alice)).json();
  const answer = await alice.as("/api/v1/auth/logout", { method: "POST" });
  assert.equal(answer.status, 204);
  assert.equal(await statusWith(test, alice.token), 401);
  assert.equal((await post(test, "refresh", { refresh_token: alice.refreshToken })).status, 401);
  assert.equal(await statusWith(test, other.access_token), 200);
});

Deno.test("POST /auth/logout refuses a caller without a session", async () => {
  await using test = await createTestApp();
  assert.equal((await post(test, "logout", {})).status, 401);
  assert.equal((await test.asLocal("/api/v1/auth/logout", { method: "POST" })).status, 403);
});

Deno.test("POST /auth/change-password ends the other sessions and keeps this one", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const other = await (await login(test, alice)).json();
  assert.equal(await statusWith(test, other.access_token), 200);
  const answer = await alice.as("/api/v1/auth/change-password", {
    json: { current_password: alice.password, new_password: "another password" },
  });
  assert.equal(answer.status, 204);
  assert.equal(await statusWith(test, alice.token), 200);
  assert.equal(await statusWith(test, other.access_token), 401);
  assert.equal((await post(test, "refresh", { refresh_token: other.refresh_token })).status, 401);
  assert.equal((await login(test, alice)).status, 401);
  assert.equal((await login(test, { ...alice, password: "another password" })).status, 200);
  const { audits } = await test.traces(alice.userId);
  assert.equal(audits.filter(({ action }) => action === "user.change_password").length, 1);
});

Deno.test("POST /auth/change-password refuses a wrong present password and changes nothing", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const answer = await alice.as("/api/v1/auth/change-password", {
    json: { current_password: "not the password", new_password: "another password" },
  });
  assert.equal(answer.status, 422);
  assert.equal((await answer.json()).errors[0].field, "current_password");
  assert.equal((await login(test, alice)).status, 200);
  const { audits } = await test.traces(alice.userId);
  assert.equal(audits.filter(({ action }) => action === "user.change_password").length, 0);
});

Deno.test("Nothing a client proves itself with is stored in clear", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  await post(test, "refresh", { refresh_token: alice.refreshToken });
  const names = ["candlewick.db", "candlewick.db-wal", "candlewick.kv", "candlewick.kv-wal"];
  const files = await Promise.all(
    names.map((name) => Deno.readFile(`${test.dataDir}/${name}`).catch(() => new Uint8Array())),
  );
  const stored = files.map((bytes) => new TextDecoder("latin1").decode(bytes)).join("\n");
  assert.ok(stored.includes("alice@example.com"));
  const signature = (token: string) => token.split(".")[2] ?? token;
  for (const secret of [alice.password, signature(alice.token), signature(alice.refreshToken)]) {
    assert.equal(stored.includes(secret), false);
  }
});
