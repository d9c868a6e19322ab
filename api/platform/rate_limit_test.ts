import assert from "node:assert/strict";
import { createLog } from "./log.ts";
import { createRateLimiter, rateHeaders, type RatePolicy, subjectOfAddress } from "./rate_limit.ts";
import { createFakeClock } from "./testing.ts";

const POLICY: RatePolicy = { name: "door", quota: 3, windowMs: 10_000 };

async function openLimiter() {
  const kv = await Deno.openKv(":memory:");
  const clock = createFakeClock();
  const newLimiter = () =>
    createRateLimiter({
      kv,
      clock,
      log: createLog("test"),
    });
  return { kv, clock, newLimiter, [Symbol.dispose]: () => kv.close() };
}

Deno.test("take() counts over every process that shares the KV", async () => {
  using parts = await openLimiter();
  const [one, two] = [parts.newLimiter(), parts.newLimiter()];
  const states = [
    await one.take(POLICY, "alice"),
    await two.take(POLICY, "alice"),
    await one.take(POLICY, "alice"),
    await two.take(POLICY, "alice"),
  ];
  assert.deepEqual(states.map(({ allowed }) => allowed), [true, true, true, false]);
  assert.deepEqual(states.map(({ remaining }) => remaining), [2, 1, 0, 0]);
  assert.equal((await one.take(POLICY, "bob")).remaining, 2);
});

Deno.test("take() allows exactly the quota to attempts that come at once", async () => {
  using parts = await openLimiter();
  const limiter = parts.newLimiter();
  const states = await Promise.all(
    Array.from({ length: 50 }, () => limiter.take(POLICY, "alice")),
  );
  assert.equal(states.filter(({ allowed }) => allowed).length, 3);
});

Deno.test("take() begins a new window when the last one has ended", async () => {
  using parts = await openLimiter();
  const limiter = parts.newLimiter();
  for (let attempt = 0; attempt < 3; attempt++) await limiter.take(POLICY, "alice");
  parts.clock.advance(9_999);
  assert.equal((await limiter.take(POLICY, "alice")).allowed, false);
  parts.clock.advance(1);
  assert.equal((await limiter.take(POLICY, "alice")).remaining, 2);
});

Deno.test("giveBack() lets the attempt be made again, and no more than that", async () => {
  using parts = await openLimiter();
  const limiter = parts.newLimiter();
  await limiter.giveBack(POLICY, "alice");
  for (let attempt = 0; attempt < 3; attempt++) await limiter.take(POLICY, "alice");
  await limiter.giveBack(POLICY, "alice");
  assert.equal((await limiter.take(POLICY, "alice")).allowed, true);
  assert.equal((await limiter.take(POLICY, "alice")).allowed, false);
});

Deno.test("take() refuses what it cannot count, and giveBack() does not mind", async () => {
  const parts = await openLimiter();
  const limiter = parts.newLimiter();
  parts.kv.close();
  await assert.rejects(() => limiter.take(POLICY, "alice"), { code: "DEPENDENCY_DOWN" });
  await limiter.giveBack(POLICY, "alice");
});

Deno.test("rateHeaders() shows the tightest limit and lists all", () => {
  const now = Date.UTC(2026, 0, 1);
  const state = (name: string, remaining: number) => ({
    policy: { ...POLICY, name },
    allowed: true,
    remaining,
    resetAt: now + 2_500,
  });
  assert.deepEqual(rateHeaders([state("a", 2), state("b", 1)], now), {
    "X-RateLimit-Limit": "3",
    "X-RateLimit-Remaining": "1",
    "X-RateLimit-Reset": String(now / 1_000 + 3),
    "RateLimit-Policy": '"a";q=3;w=10, "b";q=3;w=10',
    "RateLimit": '"a";r=2;t=3, "b";r=1;t=3',
  });
});

Deno.test("subjectOfAddress() counts an IPv6 network as one client", () => {
  assert.equal(subjectOfAddress("2001:db8:0:1:a:b:c:d"), "2001:db8:0:1::/64");
  assert.equal(subjectOfAddress("2001:DB8::1"), "2001:db8:0:0::/64");
  assert.equal(subjectOfAddress("2001:db8:0000:0001::5"), "2001:db8:0:1::/64");
  assert.equal(subjectOfAddress("::1"), "0:0:0:0::/64");
  assert.equal(subjectOfAddress("192.0.2.1"), "192.0.2.1");
  assert.equal(subjectOfAddress("::ffff:192.0.2.1"), "::ffff:192.0.2.1");
});
