import assert from "node:assert/strict";
import { createTestApp, type TestUser } from "../../testing.ts";
import { parseIfMatch } from "./if_match.ts";

async function storeStrategy(user: TestUser): Promise<string> {
  const answer = await user.as("/api/v1/strategies", {
    json: { name: "Mine", description: "first", code: "# a strategy" },
  });
  return `/api/v1/strategies/${(await answer.json()).id}`;
}

Deno.test("A JSON read is tagged, and answers 304 without a body to who has it", async () => {
  await using test = await createTestApp();
  const ann = await test.signUp("ann");
  const first = await ann.as("/api/v1/users/me");
  const tag = first.headers.get("ETag") ?? "";
  assert.match(tag, /^W\/"[\w-]{16}"$/);
  assert.equal(first.headers.get("Cache-Control"), "private, no-cache");
  await first.body?.cancel();
  for (const known of [tag, tag.slice(2), `"other", ${tag}`, "*"]) {
    const again = await ann.as("/api/v1/users/me", { headers: { "If-None-Match": known } });
    assert.equal(again.status, 304, known);
    assert.equal(await again.text(), "");
    assert.equal(again.headers.get("ETag"), tag);
    assert.equal(again.headers.get("Content-Type"), null);
    assert.ok(again.headers.get("X-Request-ID"));
  }
  const other = await ann.as("/api/v1/users/me", { headers: { "If-None-Match": '"other"' } });
  assert.equal(other.status, 200);
  assert.equal((await other.json()).username, "ann");
});

Deno.test("A read changes its tag with anything it shows, the row's version or not", async () => {
  await using test = await createTestApp();
  const ann = await test.signUp("ann");
  const path = await storeStrategy(ann);
  const read = async () => {
    const answer = await ann.as(path);
    await answer.body?.cancel();
    return answer.headers.get("ETag") ?? "";
  };
  const first = await read();
  assert.match(first, /^"1-[\w-]{16}"$/);
  await ann.as(path, { method: "PATCH", json: { description: "second" } });
  const second = await read();
  assert.match(second, /^"1-[\w-]{16}"$/);
  assert.notEqual(second, first);
});

Deno.test("A read's tag guards an update, and an old one is refused", async () => {
  await using test = await createTestApp();
  const ann = await test.signUp("ann");
  const path = await storeStrategy(ann);
  const read = await ann.as(path);
  await read.body?.cancel();
  const headers = { "If-Match": read.headers.get("ETag") ?? "" };
  const json = { code: "# changed" };
  assert.equal((await ann.as(path, { method: "PATCH", headers, json })).status, 200);
  const late = await ann.as(path, { method: "PATCH", headers, json: { code: "# again" } });
  assert.equal(late.status, 412);
});

Deno.test("Failures, public reads and bytes have no tag", async () => {
  await using test = await createTestApp();
  const ann = await test.signUp("ann");
  for (const path of ["/api/v1/health", "/metrics", "/api/v1/strategies/none"]) {
    const answer = await ann.as(path);
    await answer.body?.cancel();
    assert.equal(answer.headers.get("ETag"), null, path);
  }
});

Deno.test("parseIfMatch() reads the version out of a tag with a digest or without one", () => {
  for (const tag of ['"3"', 'W/"3"', '"3-a_b-C"', 'W/"3-abc"']) assert.equal(parseIfMatch(tag), 3);
  assert.throws(() => parseIfMatch('"abc"'), /names no version/);
});
