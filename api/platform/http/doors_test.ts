import assert from "node:assert/strict";
import { createTestApp, type TestApp, type TestUser, toRequest } from "../../testing.ts";
import type { Actor } from "../context.ts";
import { doorOf, DOORS, WEIGHTS } from "../rate_policies.ts";
import { ACTOR } from "./testing.ts";

const ON = { RATE_LIMITS: "on" };
const ME = "/api/v1/users/me";

/** At the start of a minute, so that a test knows when its windows end. */
async function openDoors(settings: Record<string, string> = {}) {
  const test = await createTestApp({ ...ON, ...settings });
  return { test, alice: await test.signUp("alice") };
}

/** Calls in ten-second steps of at most nine, so that the burst never refuses. */
async function callSlowly(test: TestApp, user: TestUser, calls: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let call = 0; call < calls; call++) {
    if (call % 9 === 0) test.clock.advance(1_000);
    statuses.push((await user.as(ME)).status);
  }
  return statuses;
}

function rateHeadersOf(answer: Response): Record<string, string> {
  return Object.fromEntries([...answer.headers].filter(([name]) => name.includes("ratelimit")));
}

Deno.test("Every answer has both families of headers, refusals and failures too", async () => {
  const { test, alice } = await openDoors();
  await using _ = test;
  const answer = await alice.as(ME);
  assert.deepEqual(rateHeadersOf(answer), {
    "x-ratelimit-limit": "100",
    "x-ratelimit-remaining": "99",
    "x-ratelimit-reset": String(Date.UTC(2026, 0, 1, 0, 1) / 1_000),
    "x-ratelimit-weight": "1",
    "ratelimit-policy": '"default";q=100;w=60, "burst";q=10;w=1',
    "ratelimit": '"default";r=99;t=60, "burst";r=9;t=1',
  });
  const missing = await alice.as("/api/v1/nowhere");
  assert.equal(missing.status, 404);
  assert.equal(missing.headers.get("X-RateLimit-Remaining"), "98");
  const nobody = await test.app.request(ME);
  assert.equal(nobody.status, 401);
  assert.equal(nobody.headers.get("RateLimit-Policy"), '"public";q=10;w=60');
});

Deno.test("The eleventh call in a second is refused until the second is over", async () => {
  const { test, alice } = await openDoors();
  await using _ = test;
  for (let call = 0; call < 10; call++) assert.equal((await alice.as(ME)).status, 200);
  const answer = await alice.as(ME);
  assert.equal(answer.status, 429);
  assert.equal(answer.headers.get("Retry-After"), "1");
  assert.equal(answer.headers.get("X-RateLimit-Limit"), "10");
  assert.equal(answer.headers.get("X-RateLimit-Remaining"), "0");
  const body = await answer.json();
  assert.equal(body.detail, "Cannot go on: too many calls, wait 1 s");
  assert.deepEqual(body.violated_policies, ["burst"]);
  test.clock.advance(1_000);
  assert.equal((await alice.as(ME)).status, 200);
});

Deno.test("The call after the hundredth in a minute waits for the next minute", async () => {
  const { test, alice } = await openDoors();
  await using _ = test;
  const statuses = await callSlowly(test, alice, 101);
  assert.deepEqual([statuses.indexOf(429), statuses.length], [100, 101]);
  const answer = await alice.as(ME, { headers: { Accept: "application/problem+json" } });
  assert.equal(answer.headers.get("Retry-After"), "48");
  assert.equal(answer.headers.get("X-RateLimit-Limit"), "100");
  const body = await answer.json();
  assert.equal(body.type, "https://iana.org/assignments/http-problem-types#quota-exceeded");
  assert.deepEqual(body["violated-policies"], ["default"]);
  test.clock.advance(48_000);
  assert.equal((await alice.as(ME)).status, 200);
});

Deno.test("A user's sessions and API tokens share one quota, and users do not", async () => {
  const { test, alice } = await openDoors();
  await using _ = test;
  const bob = await test.signUp("bob");
  const { token } = await (await alice.as("/api/v1/auth/tokens", { json: { name: "A" } })).json();
  const answer = await test.app.request(ME, toRequest({}, `Bearer ${token}`));
  assert.equal(answer.headers.get("X-RateLimit-Remaining"), "98");
  assert.equal((await bob.as(ME)).headers.get("X-RateLimit-Remaining"), "99");
});

Deno.test("A heavy call counts for its weight, and is refused when that is not left", async () => {
  const { test, alice } = await openDoors();
  await using _ = test;
  const analyze = async () => {
    const json = { code: "# nothing" };
    const answer = await alice.as("/api/v1/strategies/analyze", { json });
    await answer.body?.cancel();
    return answer;
  };
  const answer = await analyze();
  assert.equal(answer.headers.get("X-RateLimit-Weight"), String(WEIGHTS.compute));
  assert.equal(answer.headers.get("X-RateLimit-Remaining"), String(100 - WEIGHTS.compute));
  await callSlowly(test, alice, 97);
  test.clock.advance(1_000);
  assert.equal((await analyze()).status, 429);
});

Deno.test("Callers without a token are limited by their address", async () => {
  const { test } = await openDoors();
  await using _ = test;
  const ask = async (hostname: string) =>
    (await test.app.request(ME, {}, { remoteAddr: { hostname } })).status;
  for (let call = 0; call < 10; call++) assert.equal(await ask("192.0.2.1"), 401);
  assert.equal(await ask("192.0.2.1"), 429);
  assert.equal(await ask("192.0.2.2"), 401);
  for (let call = 0; call < 10; call++) await ask(`2001:db8::${call}`);
  assert.equal(await ask("2001:db8::ffff"), 429);
});

Deno.test("A forwarded address counts when a trusted proxy names it, and not otherwise", async () => {
  const { test } = await openDoors({ TRUSTED_PROXIES: "10.0.0.1" });
  await using _ = test;
  const ask = async (hostname: string, forwarded: string) => {
    const headers = { "X-Forwarded-For": forwarded };
    return (await test.app.request(ME, { headers }, { remoteAddr: { hostname } })).status;
  };
  for (let call = 0; call < 11; call++) await ask("192.0.2.1", `203.0.113.${call}`);
  assert.equal(await ask("192.0.2.1", "203.0.113.99"), 429);
  for (let call = 0; call < 11; call++) {
    assert.equal(await ask("10.0.0.1", `198.51.100.${call}`), 401);
  }
});

Deno.test("Signs of life and commands on this machine pass where a caller would be refused", async () => {
  const { test } = await openDoors();
  await using _ = test;
  for (let call = 0; call < 30; call++) {
    assert.equal((await test.app.request("/health")).status, 200);
    const answer = await test.asLocal("/api/v1/users");
    assert.equal(answer.status, 200);
    assert.deepEqual(rateHeadersOf(answer), {});
  }
});

Deno.test("RATE_LIMITS=off lifts the limits and shows none", async () => {
  const { test, alice } = await openDoors({ RATE_LIMITS: "off" });
  await using _ = test;
  for (let call = 0; call < 30; call++) {
    const answer = await alice.as(ME);
    assert.equal(answer.status, 200);
    assert.deepEqual(rateHeadersOf(answer), {});
  }
});

Deno.test("Callers are answered and limited by each process alone while KV is down", async () => {
  const { test, alice } = await openDoors();
  await using _ = test;
  test.platform.kv.close();
  const statuses = [];
  for (let call = 0; call < 12; call++) statuses.push((await alice.as(ME)).status);
  assert.deepEqual(statuses, [...Array(10).fill(200), 429, 429]);
});

Deno.test("doorOf() finds the door by path and caller", () => {
  const user = ACTOR;
  const system = { ...ACTOR, role: "system" } as const;
  const find = (path: string, actor: Actor | null, method = "GET") =>
    doorOf({ method, path, actor })?.name;
  assert.equal(find("/api/v1/bots", user), "user");
  assert.equal(find("/api/v1/auth/login", null), "public");
  assert.equal(find("/api/v1/health", user), "open");
  assert.equal(find("/docs/app.js", null), "open");
  assert.equal(find("/openapi.json", null), "open");
  assert.equal(find("/docsearch", null), "public");
  assert.equal(find("/api/v1/bots", null, "OPTIONS"), "open");
  assert.equal(find("/compat/multibot-1.1/bots", user), "hourly-user");
  assert.equal(find("/compat/multibot-1.1/auth/login", null), "hourly-public");
  assert.equal(doorOf({ method: "GET", path: "/api/v1/bots", actor: system }), null);
});

Deno.test("Every policy's chunk holds its heaviest call and stays within its quota", () => {
  const heaviest = Math.max(...Object.values(WEIGHTS));
  for (const door of Object.values(DOORS)) {
    for (const { name, quota, chunk, weighted } of door.policies) {
      assert.ok(chunk <= quota, name);
      assert.ok(!weighted || chunk >= heaviest, name);
    }
  }
});
