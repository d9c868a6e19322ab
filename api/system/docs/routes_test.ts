import assert from "node:assert/strict";
import { createTestApp } from "../../testing.ts";
import { renderDocsPage } from "./page.ts";

const BUNDLE = /<script src="(\/docs\/assets\/reference-[0-9a-f]{16}\.js)">/;

Deno.test("GET /docs answers a page of its own policy without a token", async () => {
  await using test = await createTestApp();
  const answer = await test.app.request("/docs");
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("Content-Type"), "text/html; charset=utf-8");
  assert.match(answer.headers.get("Content-Security-Policy") ?? "", /^default-src 'none'; script/);
  const html = await answer.text();
  assert.match(html, BUNDLE);
  assert.doesNotMatch(html, /https?:\/\//);
});

Deno.test("GET /docs answers 304 to who has the page", async () => {
  await using test = await createTestApp();
  const first = await test.app.request("/docs");
  const etag = first.headers.get("ETag") ?? "";
  const again = await test.app.request("/docs", { headers: { "If-None-Match": `W/${etag}` } });
  assert.equal(again.status, 304);
  assert.equal(await again.text(), "");
  const other = await test.app.request("/docs", { headers: { "If-None-Match": '"other"' } });
  assert.equal(other.status, 200);
});

Deno.test("GET /docs/assets/… answers the program once and for all, packed when asked", async () => {
  await using test = await createTestApp();
  const page = await (await test.app.request("/docs")).text();
  const path = BUNDLE.exec(page)?.[1] ?? "";
  const plain = await test.app.request(path);
  assert.equal(plain.headers.get("Cache-Control"), "public, max-age=31536000, immutable");
  const text = await plain.text();
  const packed = await test.app.request(path, { headers: { "Accept-Encoding": "br, gzip" } });
  assert.equal(packed.headers.get("Content-Encoding"), "gzip");
  assert.ok(packed.body);
  const unpacked = packed.body.pipeThrough(new DecompressionStream("gzip"));
  assert.equal(await new Response(unpacked).text(), text);
  assert.match(text, /createApiReference/);
});

Deno.test("GET /docs/assets/… answers 404 to another file's name", async () => {
  await using test = await createTestApp();
  assert.equal((await test.app.request("/docs/assets/reference-0.js")).status, 404);
});

Deno.test("renderDocsPage() offers every document, the first one first", () => {
  const { html } = renderDocsPage([
    { slug: "one", title: "One", path: "/one.json" },
    { slug: "two", title: "</script>", path: "/two.json" },
  ], "/bundle.js");
  assert.match(html, /"url":"\/one\.json","default":true/);
  assert.match(html, /"url":"\/two\.json","default":false/);
  assert.equal(html.split("</script>").length, 3);
});
