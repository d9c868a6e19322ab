import fc from "fast-check";
import assert from "node:assert/strict";
import { type JsonObject, mergePatch } from "./merge_patch.ts";

Deno.test("mergePatch() follows the examples of RFC 7396 for objects", () => {
  const cases: [JsonObject, JsonObject, JsonObject][] = [
    [{ a: "b" }, { a: "c" }, { a: "c" }],
    [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
    [{ a: "b" }, { a: null }, {}],
    [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
    [{ a: ["b"] }, { a: "c" }, { a: "c" }],
    [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
    [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
    [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ];
  for (const [target, patch, expected] of cases) {
    assert.deepEqual(mergePatch(target, patch), expected);
  }
});

Deno.test("mergePatch() changes nothing the second time", () => {
  const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));
  fc.assert(fc.property(object, object, (target, patch) => {
    const once = mergePatch(target, patch);
    assert.deepEqual(mergePatch(once, patch), once);
  }));
});

Deno.test("mergePatch() gives no object another prototype", () => {
  const merged = mergePatch({}, JSON.parse('{"__proto__":{"polluted":true}}'));
  assert.equal(Object.getPrototypeOf(merged), Object.prototype);
  assert.equal("polluted" in {}, false);
});

Deno.test("mergePatch() refuses a patch that is nested too deeply", () => {
  let patch: JsonObject = {};
  for (let level = 0; level < 100; level++) patch = { a: patch };
  assert.throws(() => mergePatch({}, patch), RangeError);
});
