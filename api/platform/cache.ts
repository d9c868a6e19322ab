/** Every in-process cache: named, bounded, and with a lifetime. */
import { LRUCache } from "lru-cache";
import { matchesPattern } from "./pattern.ts";
import { weigh } from "./weigh.ts";

export interface CacheOptions {
  readonly name: string;
  readonly entriesMax: number;
  readonly lifetimeMs: number;
  /** True when a key proves something, as a token does: no pattern looks into such keys. */
  readonly secretKeys?: boolean;
  readonly now: () => number;
}

export interface CacheStats {
  readonly name: string;
  readonly entries: number;
  readonly entriesMax: number;
  readonly hits: number;
  readonly misses: number;
  /** Keys and values together, estimated. */
  readonly bytes: number;
}

export interface Cache<V> {
  get(key: string): V | undefined;
  set(key: string, value: V, lifetimeMs?: number): void;
  delete(key: string): boolean;
  keys(): IterableIterator<string>;
  stats(): CacheStats;
  /** Deletes the entries whose `name:key` matches, `*` standing for any text; answers how many. */
  purge(pattern: string): number;
}

/** The caches of one process, so that stats and purges reach all of them. */
export interface CacheRegistry {
  create<V extends object | string | number>(options: Omit<CacheOptions, "now">): Cache<V>;
  list(): readonly Cache<object | string | number>[];
  /** Purges every cache of this process. */
  purge(pattern: string): number;
}

export function createCacheRegistry(now: () => number): CacheRegistry {
  const caches: Cache<object | string | number>[] = [];
  return {
    create<V extends object | string | number>(options: Omit<CacheOptions, "now">): Cache<V> {
      const cache = createCache<V>({ ...options, now });
      caches.push(cache as Cache<object | string | number>);
      return cache;
    },
    list: () => caches,
    purge: (pattern) => caches.reduce((sum, cache) => sum + cache.purge(pattern), 0),
  };
}

function createCache<V extends object | string | number>(options: CacheOptions): Cache<V> {
  const { name, entriesMax, lifetimeMs, secretKeys = false, now } = options;
  let hits = 0;
  let misses = 0;
  const entries = new LRUCache<string, { value: V; expiresAt: number }>({ max: entriesMax });
  return {
    get(key) {
      const entry = entries.get(key);
      if (entry !== undefined && entry.expiresAt > now()) {
        hits++;
        return entry.value;
      }
      misses++;
      if (entry !== undefined) entries.delete(key);
      return undefined;
    },
    set: (key, value, ms = lifetimeMs) => void entries.set(key, { value, expiresAt: now() + ms }),
    delete: (key) => entries.delete(key),
    keys: () => entries.keys(),
    stats: () => ({
      name,
      entries: entries.size,
      entriesMax,
      hits,
      misses,
      bytes: weighEntries(entries),
    }),
    purge(pattern) {
      const keys = [...entries.keys()];
      const purged = keys.filter((key) =>
        matchesPattern(pattern, secretKeys ? `${name}:` : `${name}:${key}`)
      );
      for (const key of purged) entries.delete(key);
      return purged.length;
    },
  };
}

function weighEntries<V>(entries: LRUCache<string, { value: V; expiresAt: number }>): number {
  let bytes = 0;
  for (const [key, { value }] of entries.entries()) bytes += weigh(key) + weigh(value);
  return bytes;
}
