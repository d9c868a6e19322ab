/** Candles of one revision as text: a revision never changes, and its latest are asked for often. */
import type { Cache } from "../platform/cache.ts";
import type { Platform } from "../platform/context.ts";

/** A thousand candles are 140 KB, so that the cache holds at most 36 MB. */
const ENTRIES_MAX = 256;
const LIFETIME_MS = 600_000;

export type KlineTexts = Cache<string>;

export function createKlineTexts(platform: Pick<Platform, "caches">): KlineTexts {
  return platform.caches.create({
    name: "kline-texts",
    entriesMax: ENTRIES_MAX,
    lifetimeMs: LIFETIME_MS,
  });
}
