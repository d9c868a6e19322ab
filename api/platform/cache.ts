/** Every in-process cache: named, bounded, and with a lifetime. */
import { LRUCache } from "lru-cache";

export interface CacheOptions {
  readonly name: string;
  readonly entriesMax: number;
  readonly lifetimeMs: number;
  readonly now: () => number;
}

export interface CacheStats {
  readonly name: string;
  readonly entries: number;
  readonly entriesMax: number;
  readonly hits: number;
  readonly misses: number;
}

export interface Cache<V> {
  get(key: string): V | undefined;
  set(key: string, value: V, lifetimeMs?: number): void;
  delete(key: string): boolean;
  keys(): IterableIterator<string>;
  stats(): CacheStats;
}

/** The caches of one process, so that stats and purges reach all of them. */
export interface CacheRegistry {
  create<V extends object | string | number>(options: Omit<CacheOptions, "now">): Cache<V>;
  list(): readonly Cache<object | string | number>[];
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
  };
}

function createCache<V extends object | string | number>(options: CacheOptions): Cache<V> {
  const { name, entriesMax, lifetimeMs, now } = options;
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
    stats: () => ({ name, entries: entries.size, entriesMax, hits, misses }),
  };
}
