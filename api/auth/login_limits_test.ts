import assert from "node:assert/strict";
import { createTestApp, type TestApp, toRequest } from "../testing.ts";
import { login, post } from "./testing.ts";

const WRONG = "not the password";

async function loginFrom(test: TestApp, hostname: string, username: string): Promise<Response> {
  return await test.app.request(
    "/api/v1/auth/login",
    toRequest({ json: { username, password: WRONG } }),
    { remoteAddr: { hostname } },
  );
}

Deno.test("An account is refused after its failed logins, with both families of headers", async () => {
  await using test = await createTestApp({ LOGIN_ATTEMPTS_PER_MINUTE: "3" });
  const alice = await test.signUp("alice");
  for (let attempt = 0; attempt < 3; attempt++) {
    assert.equal((await login(test, { ...alice, password: WRONG })).status, 401);
  }
  test.clock.advance(20_000);
  const answer = await login(test, alice);
  assert.equal(answer.status, 429);
  const body = await answer.json();
  assert.equal(body.code, "RATE_LIMITED");
  assert.deepEqual(body.violated_policies, ["login-account"]);
  assert.equal(answer.headers.get("Retry-After"), "40");
  assert.equal(answer.headers.get("X-RateLimit-Limit"), "3");
  assert.equal(answer.headers.get("X-RateLimit-Remaining"), "0");
  assert.equal(answer.headers.get("X-RateLimit-Reset"), String(Date.UTC(2026, 0, 1, 0, 1) / 1000));
  assert.equal(
    answer.headers.get("RateLimit-Policy"),
    '"login-account";q=3;w=60, "login-address";q=9;w=60',
  );
  assert.equal(
    answer.headers.get("RateLimit"),
    '"login-account";r=0;t=40, "login-address";r=5;t=40',
  );
  test.clock.advance(40_000);
  assert.equal((await login(test, alice)).status, 200);
});

Deno.test("Name and e-mail address count as one account", async () => {
  await using test = await createTestApp({ LOGIN_ATTEMPTS_PER_MINUTE: "2" });
  await test.signUp("alice");
  assert.equal((await loginFrom(test, "10.0.0.1", "alice")).status, 401);
  assert.equal((await loginFrom(test, "10.0.0.2", "ALICE@example.com")).status, 401);
  assert.equal((await loginFrom(test, "10.0.0.3", "Alice")).status, 429);
});

Deno.test("An unknown name is limited as a known one is", async () => {
  await using test = await createTestApp({ LOGIN_ATTEMPTS_PER_MINUTE: "2" });
  for (const expected of [401, 401, 429]) {
    assert.equal((await login(test, { name: "nobody", password: WRONG })).status, expected);
  }
});

Deno.test("An address is refused after thrice as many failures over any accounts", async () => {
  await using test = await createTestApp({ LOGIN_ATTEMPTS_PER_MINUTE: "2" });
  for (let account = 0; account < 6; account++) {
    assert.equal((await loginFrom(test, "10.0.0.1", `nobody-${account}`)).status, 401);
  }
  const answer = await loginFrom(test, "10.0.0.1", "nobody-7");
  assert.equal(answer.status, 429);
  assert.deepEqual((await answer.json()).violated_policies, ["login-address"]);
  assert.equal((await loginFrom(test, "10.0.0.2", "nobody-7")).status, 401);
});

Deno.test("Right passwords do not count, however many", async () => {
  await using test = await createTestApp({ LOGIN_ATTEMPTS_PER_MINUTE: "2" });
  const alice = await test.signUp("alice");
  for (let attempt = 0; attempt < 8; attempt++) {
    const answer = await login(test, alice);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get("X-RateLimit-Remaining"), "2");
  }
});

Deno.test("Attempts sent at once do not pass the same count", async () => {
  await using test = await createTestApp({ LOGIN_ATTEMPTS_PER_MINUTE: "3" });
  const alice = await test.signUp("alice");
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => login(test, { ...alice, password: WRONG })),
  );
  const statuses = answers.map(({ status }) => status);
  assert.equal(statuses.filter((status) => status === 401).length, 3);
  assert.equal(statuses.filter((status) => status === 429).length, 9);
});

Deno.test("A wrong present password in a change counts as a failed login", async () => {
  await using test = await createTestApp({ LOGIN_ATTEMPTS_PER_MINUTE: "2" });
  const alice = await test.signUp("alice");
  const json = { current_password: WRONG, new_password: "another password" };
  for (const expected of [422, 422, 429]) {
    assert.equal((await alice.as("/api/v1/auth/change-password", { json })).status, expected);
  }
});

Deno.test("Logins answer 503 while the KV store does not answer, and say when to try again", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  test.platform.kv.close();
  for (const password of [WRONG, alice.password]) {
    const answer = await login(test, { ...alice, password });
    assert.equal(answer.status, 503);
    assert.equal(answer.headers.get("Retry-After"), "1");
    assert.equal((await answer.json()).code, "DEPENDENCY_DOWN");
  }
  assert.equal((await alice.as("/api/v1/strategies")).status, 200);
});

Deno.test("POST /auth/register answers 503 with Retry-After when too many passwords wait", async () => {
  await using test = await createTestApp({ PASSWORD_QUEUE_MAX: "1", ARGON2_MEMORY_KIB: "65536" });
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, number) =>
      post(test, "register", {
        username: `user-${number}`,
        email: `user-${number}@example.com`,
        password: "a long password",
      })),
  );
  const [refused, done] = [503, 201].map((code) => answers.filter(({ status }) => status === code));
  assert.equal((refused?.length ?? 0) + (done?.length ?? 0), 10);
  assert.ok((refused?.length ?? 0) >= 1);
  assert.ok((done?.length ?? 0) >= 3);
  assert.equal(refused?.[0]?.headers.get("Retry-After"), "2");
  assert.equal((await refused?.[0]?.json()).code, "OVERLOADED");
});

Deno.test("POST /auth/register takes ten an hour from one address", async () => {
  await using test = await createTestApp({ RATE_LIMITS: "on" });
  const registerFrom = async (hostname: string, name: string) =>
    await test.app.request(
      "/api/v1/auth/register",
      toRequest({ json: { username: name, email: `${name}@example.com`, password: WRONG } }),
      { remoteAddr: { hostname } },
    );
  for (let number = 0; number < 10; number++) {
    assert.equal((await registerFrom("10.0.0.1", `user-${number}`)).status, 201);
    test.clock.advance(60_000);
  }
  const answer = await registerFrom("10.0.0.1", "user-10");
  assert.equal(answer.status, 429);
  assert.deepEqual((await answer.json()).violated_policies, ["register-address"]);
  assert.equal(answer.headers.get("Retry-After"), String(50 * 60));
  assert.equal((await registerFrom("10.0.0.2", "user-10")).status, 201);
});
