import assert from "node:assert/strict";
import fc from "fast-check";
import { InputDigest } from "./digest.ts";

function digestOf(...parts: (string | Uint8Array)[]): string {
  const digest = new InputDigest();
  for (const part of parts) digest.update(part);
  return [...digest.digest()].join(" ");
}

Deno.test("InputDigest changes when any byte of a column changes", () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), fc.nat(), (bytes, at) => {
    const other = bytes.slice();
    const index = at % bytes.length;
    other[index] = (other[index] ?? 0) ^ 1;
    assert.notEqual(digestOf(bytes), digestOf(other));
  }));
});

Deno.test("InputDigest does not depend on where the bytes lie", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat(7), (bytes, shift) => {
    const moved = new Uint8Array(bytes.length + shift);
    moved.set(bytes, shift);
    assert.equal(digestOf(bytes), digestOf(moved.subarray(shift)));
  }));
});
