import fc from "fast-check";
import assert from "node:assert/strict";
import { createCacheRegistry } from "./cache.ts";
import { matchesPattern } from "./pattern.ts";
import { createFakeClock } from "./testing.ts";

function openCache(entriesMax: number) {
  const clock = createFakeClock();
  const registry = createCacheRegistry(() => clock.now());
  const cache = registry.create<string>({ name: "things", entriesMax, lifetimeMs: 1_000 });
  return { clock, registry, cache };
}

Deno.test("A cache forgets an entry when its lifetime ends", () => {
  const { clock, cache } = openCache(10);
  cache.set("a", "one");
  cache.set("b", "two", 5_000);
  clock.advance(999);
  assert.equal(cache.get("a"), "one");
  clock.advance(1);
  assert.equal(cache.get("a"), undefined);
  assert.equal(cache.get("b"), "two");
});

Deno.test("A cache keeps the entries used last when it is full", () => {
  const { cache } = openCache(2);
  cache.set("a", "one");
  cache.set("b", "two");
  cache.get("a");
  cache.set("c", "three");
  assert.deepEqual(["a", "b", "c"].map((key) => cache.get(key)), ["one", undefined, "three"]);
});

Deno.test("A registry lists every cache with its hits and misses", () => {
  const { registry, cache } = openCache(2);
  cache.set("a", "one");
  cache.get("a");
  cache.get("b");
  assert.equal(cache.delete("a"), true);
  assert.deepEqual(registry.list().map((each) => each.stats()), [
    { name: "things", entries: 0, entriesMax: 2, hits: 1, misses: 1, bytes: 0 },
  ]);
});

Deno.test("A purge deletes the keys that match the cache's name and theirs, and counts them", () => {
  const { registry, cache } = openCache(10);
  for (const key of ["btc-1m", "btc-5m", "eth-5m"]) cache.set(key, key);
  assert.equal(registry.purge("things:btc*"), 2);
  assert.equal(registry.purge("others:*"), 0);
  assert.deepEqual([...cache.keys()], ["eth-5m"]);
  assert.equal(registry.purge("*"), 1);
});

Deno.test("A purge deletes secret keys all together and never by what they say", () => {
  const { registry } = openCache(10);
  const options = { name: "tokens", entriesMax: 10, lifetimeMs: 1_000, secretKeys: true };
  const tokens = registry.create<string>(options);
  tokens.set("secret-a", "ann");
  tokens.set("secret-b", "bob");
  assert.equal(registry.purge("tokens:secret-a"), 0);
  assert.equal(registry.purge("*secret*"), 0);
  assert.equal(registry.purge("tokens:*"), 2);
});

Deno.test("matchesPattern() agrees with a regular expression", () => {
  fc.assert(fc.property(
    fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 8 }),
    fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 8 }),
    (pattern, text) => {
      const expression = new RegExp(`^${pattern.replaceAll("*", ".*")}$`);
      assert.equal(matchesPattern(pattern, text), expression.test(text));
    },
  ));
});

Deno.test("A cache weighs what it holds", () => {
  const { registry } = openCache(10);
  const columns = registry.create<Float64Array>({ name: "c", entriesMax: 9, lifetimeMs: 1_000 });
  columns.set("a", new Float64Array(1_000));
  const [, { bytes } = { bytes: 0 }] = registry.list().map((each) => each.stats());
  assert.ok(bytes >= 8_000 && bytes < 9_000, `${bytes}`);
});
