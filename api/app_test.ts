import assert from "node:assert/strict";
import { createTestApp } from "./testing.ts";

const ORIGIN = "https://desk.example";

Deno.test("Every answer carries the security headers, a failure's too", async () => {
  await using test = await createTestApp();
  for (const path of ["/health", "/nowhere", "/api/v1/users/me"]) {
    const { headers } = await test.app.request(path);
    assert.equal(headers.get("X-Content-Type-Options"), "nosniff", path);
    assert.equal(headers.get("X-Frame-Options"), "DENY", path);
    assert.equal(headers.get("Referrer-Policy"), "no-referrer", path);
    assert.equal(
      headers.get("Content-Security-Policy"),
      "default-src 'none'; frame-ancestors 'none'",
      path,
    );
    assert.match(headers.get("Strict-Transport-Security") ?? "", /^max-age=\d+/, path);
    assert.match(headers.get("X-Request-ID") ?? "", /^[0-9a-f-]{36}$/, path);
  }
});

Deno.test("Without CORS_ORIGINS no origin may read an answer", async () => {
  await using test = await createTestApp();
  const { headers } = await test.app.request("/health", { headers: { Origin: ORIGIN } });
  assert.equal(headers.get("Access-Control-Allow-Origin"), null);
});

Deno.test("CORS_ORIGINS lets those origins read answers and failures, and no others", async () => {
  await using test = await createTestApp({ CORS_ORIGINS: `${ORIGIN}, https://other.example` });
  const allowed = async (path: string, origin: string) =>
    (await test.app.request(path, { headers: { Origin: origin } })).headers
      .get("Access-Control-Allow-Origin");
  assert.equal(await allowed("/health", ORIGIN), ORIGIN);
  assert.equal(await allowed("/api/v1/users/me", "https://other.example"), "https://other.example");
  assert.equal(await allowed("/health", "https://evil.example"), null);
});

Deno.test("With CORS_ORIGINS every answer varies by origin, refused and failed ones too", async () => {
  await using test = await createTestApp({ CORS_ORIGINS: ORIGIN, RATE_LIMITS: "on" });
  const seen = new Map<number, Set<string | null>>();
  const paths = ["/health", "/nowhere", ...Array<string>(12).fill("/api/v1/users/me")];
  for (const origin of [ORIGIN, "https://evil.example", undefined]) {
    for (const path of paths) {
      const init = origin === undefined ? {} : { headers: { Origin: origin } };
      const { status, headers } = await test.app.request(path, init);
      assert.match(headers.get("Vary") ?? "", /\bOrigin\b/, `${status} ${path} ${origin}`);
      const shown = seen.get(status) ?? new Set();
      seen.set(status, shown.add(headers.get("Access-Control-Allow-Origin")));
    }
  }
  assert.deepEqual([...seen.keys()].sort(), [200, 401, 404, 429]);
  assert.deepEqual([...seen.get(429) ?? []], [ORIGIN, null]);
});

Deno.test("A browser may ask first for what conditional and repeated requests carry", async () => {
  await using test = await createTestApp({ CORS_ORIGINS: ORIGIN });
  const { status, headers } = await test.app.request("/api/v1/strategies", {
    method: "OPTIONS",
    headers: { Origin: ORIGIN, "Access-Control-Request-Method": "PATCH" },
  });
  assert.equal(status, 204);
  assert.match(headers.get("Access-Control-Allow-Methods") ?? "", /\bPATCH\b/);
  const named = headers.get("Access-Control-Allow-Headers")?.split(",") ?? [];
  for (const name of ["Authorization", "Content-Type", "Idempotency-Key", "If-Match"]) {
    assert.ok(named.includes(name), name);
  }
});
