import assert from "node:assert/strict";
import { createCacheRegistry } from "./cache.ts";
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
    { name: "things", entries: 0, entriesMax: 2, hits: 1, misses: 1 },
  ]);
});
