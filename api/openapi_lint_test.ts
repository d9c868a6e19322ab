import assert from "node:assert/strict";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { CANDLEWICK_DOCUMENT } from "./description.ts";
import { createTestApp } from "./testing.ts";

/** Findings that are right by the rule and wrong here, each with its reason. */
const EXCEPTIONS: ReadonlyMap<string, string> = new Map([
  [
    "operation-2xx-response #/paths/~1api~1v1~1ws/get/responses",
    "a WebSocket that opens answers 101, and nothing else is a success",
  ],
]);

/** Rules beyond the recommended ones that a reader of the document gains from. */
const RULES = {
  "no-invalid-media-type-examples": "error",
  "no-invalid-parameter-examples": "error",
  "no-invalid-schema-examples": "error",
  "operation-description": "error",
  "parameter-description": "error",
  "path-params-defined": "error",
  "tag-description": "error",
} as const;

Deno.test("The OpenAPI document has no finding of redocly's recommended rules", async () => {
  await using test = await createTestApp();
  const source = await (await test.app.request("/openapi.json")).text();
  const config = await createConfig({ extends: ["recommended"], rules: RULES });
  const findings = await lintFromString({ source, absoluteRef: "openapi.json", config });
  const named = findings.map(({ ruleId, message, location }) => ({
    key: `${ruleId} ${location[0]?.pointer ?? ""}`,
    message,
  }));
  assert.deepEqual(named.filter(({ key }) => !EXCEPTIONS.has(key)), []);
  const known = new Set(named.map(({ key }) => key));
  assert.deepEqual([...EXCEPTIONS.keys()].filter((key) => !known.has(key)), []);
});

Deno.test("Every tag that an operation has is described, in the page's order", async () => {
  await using test = await createTestApp();
  const document = await (await test.app.request("/openapi.json")).json();
  const operations: { tags?: string[] }[] = Object.values<object>(document.paths).flatMap((path) =>
    Object.values(path)
  );
  const used = new Set(operations.flatMap(({ tags }) => tags ?? []));
  assert.deepEqual([...used].sort(), Object.keys(CANDLEWICK_DOCUMENT.tags).sort());
});
