import assert from "node:assert/strict";
import { renderOpenApi } from "./cli/openapi.ts";
import { assertSnapshotFile } from "./platform/snapshot_testing.ts";
import { createTestApp } from "./testing.ts";

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly unknown[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, { readonly description?: string }>>;
  readonly "x-scope"?: string;
}

const METHODS = ["get", "put", "post", "patch", "delete"];

async function readDocument() {
  await using test = await createTestApp();
  const text = await renderOpenApi(test.app);
  const paths: Record<string, Record<string, Operation>> = JSON.parse(text).paths;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).filter(([method]) => METHODS.includes(method))
      .map(([method, operation]) => ({ name: `${method} ${path}`, operation }))
  );
  return { text, operations };
}

Deno.test("The OpenAPI document is the reviewed one", async () => {
  const { text } = await readDocument();
  await assertSnapshotFile(new URL("../docs/openapi.json", import.meta.url), text);
});

Deno.test("Every operation has a unique id, a summary, a description and a tag", async () => {
  const { operations } = await readDocument();
  const ids = operations.map(({ operation }) => operation.operationId);
  assert.equal(new Set(ids).size, operations.length);
  for (const { name, operation } of operations) {
    assert.ok(operation.summary && operation.description && operation.tags?.length, name);
  }
});

Deno.test("Every operation names a scope and documents its failures", async () => {
  const { operations } = await readDocument();
  for (const { name, operation } of operations) {
    assert.ok(operation["x-scope"], name);
    const isPublic = operation["x-scope"] === "public";
    assert.equal(operation.security?.length === 0, isPublic, name);
    const signedIn = isPublic ? [] : ["401", "403"];
    const bounded = operation.requestBody === undefined ? [] : ["413"];
    for (const status of ["400", "408", ...signedIn, ...bounded, "422", "429", "500", "503"]) {
      assert.ok(operation.responses[status]?.description, `${name} documents ${status}`);
    }
  }
});
