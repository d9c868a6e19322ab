import assert from "node:assert/strict";
import { createTestApp } from "../testing.ts";

Deno.test("GET /health names environment and version without a token", async () => {
  await using test = await createTestApp({ ENVIRONMENT: "staging" });
  const answer = await test.app.request("/health");
  assert.equal(answer.status, 200);
  assert.deepEqual(await answer.json(), {
    status: "healthy",
    environment: "staging",
    version: "0.1.0",
  });
  assert.match(answer.headers.get("X-Request-ID") ?? "", /^[0-9a-f-]{36}$/);
  assert.equal(answer.headers.get("X-Content-Type-Options"), "nosniff");
});

Deno.test("GET /api/v1/health tells the server's clock", async () => {
  await using test = await createTestApp();
  const answer = await test.app.request("/api/v1/health");
  assert.deepEqual(await answer.json(), {
    status: "healthy",
    timestamp: "2026-01-01T00:00:00.000Z",
  });
});

Deno.test("GET /ready answers 503 and names the part when the KV store is closed", async () => {
  await using test = await createTestApp();
  const before = await test.app.request("/ready");
  assert.equal(before.status, 200);
  test.platform.kv.close();
  const after = await test.app.request("/ready");
  assert.equal(after.status, 503);
  const body = await after.json();
  assert.equal(body.ready, false);
  assert.equal(body.parts.kv.ok, false);
  assert.equal(body.parts.database.ok, true);
  assert.equal(body.parts.database.error, null);
  assert.deepEqual(body.not_ready, ["kv"]);
  assert.equal(body.parts.kv.error, "Cannot be reached");
});

Deno.test("GET /metrics counts the requests answered before it", async () => {
  await using test = await createTestApp();
  await test.app.request("/health");
  const text = await (await test.app.request("/metrics")).text();
  assert.match(
    text,
    /candlewick_http_requests_total\{method="GET",route="\/health",status="200"\} 1/,
  );
});

Deno.test("GET /metrics names the route that answered, and no method a client made up", async () => {
  await using test = await createTestApp();
  const ann = await test.signUp("ann");
  await ann.as("/api/v1/users/me");
  await test.app.request("/api/v1/jobs/health");
  await test.app.request("/nowhere", { method: "MADEUP" });
  const text = await (await test.app.request("/metrics")).text();
  assert.match(text, /requests_total\{method="GET",route="\/api\/v1\/users\/me",status="200"\} 1/);
  assert.match(text, /method="GET",route="\/api\/v1\/jobs\/health",status="401"\} 1/);
  assert.match(text, /method="OTHER",route="\/\*",status="404"\} 1/);
  assert.doesNotMatch(text, /MADEUP/);
});

Deno.test("A method that a path does not take answers 405 and names those it takes", async () => {
  await using test = await createTestApp();
  const answer = await test.app.request("/api/v1/jobs", { method: "DELETE" });
  assert.equal(answer.status, 405);
  assert.equal(answer.headers.get("Allow"), "GET, POST");
  const { code, detail } = await answer.json();
  assert.equal(code, "METHOD_NOT_ALLOWED");
  assert.equal(detail, "Cannot answer DELETE: this path takes GET, POST");
});

Deno.test("An unknown path answers the documents' error with the request's id", async () => {
  await using test = await createTestApp();
  const answer = await test.app.request("/nowhere", { headers: { "X-Request-ID": "trace-0001" } });
  assert.equal(answer.status, 404);
  assert.deepEqual(await answer.json(), {
    detail: "Cannot find the route: nothing is at this path",
    code: "NOT_FOUND",
    timestamp: "2026-01-01T00:00:00.000Z",
    request_id: "trace-0001",
  });
});

Deno.test("An error is an RFC 9457 problem when the client accepts one", async () => {
  await using test = await createTestApp();
  const answer = await test.app.request("/nowhere", {
    headers: { Accept: "application/problem+json" },
  });
  assert.equal(answer.headers.get("Content-Type"), "application/problem+json");
  const problem = await answer.json();
  assert.equal(problem.status, 404);
  assert.equal(problem.type, "urn:candlewick:error:not_found");
  assert.equal(problem.instance, "/nowhere");
});

Deno.test("GET /system/resources shows everybody how much is taken, and admins all", async () => {
  await using test = await createTestApp();
  const ann = await test.signUp("ann");
  const admin = await test.admin();
  assert.equal((await test.app.request("/api/v1/system/resources")).status, 401);
  const seen = await (await ann.as("/api/v1/system/resources")).json();
  assert.equal(seen.details, null);
  assert.ok(seen.cpu.cores >= 1);
  assert.ok(seen.memory.used_ratio > 0 && seen.memory.used_ratio < 1);
  assert.ok(seen.disk.used_ratio >= 0 && seen.disk.used_ratio <= 1);
  assert.deepEqual(seen.workers, { processes: 0, places: 0, running: 0 });
  const { details } = await (await admin.as("/api/v1/system/resources")).json();
  assert.equal(details.versions.deno, Deno.version.deno);
  assert.ok(details.process.rss_bytes > 0);
  assert.ok(details.data_dir.total_bytes >= details.data_dir.free_bytes);
  assert.equal(details.load_average.length, 3);
});
