/** Finished backtests as their answers' bytes: they never change, and are long to write out. */
import type { Cache } from "../platform/cache.ts";
import type { Platform } from "../platform/context.ts";

const ENTRIES_MAX = 32;
const LIFETIME_MS = 600_000;
/** Longer answers are made anew, so that the cache holds at most 32 MB. */
const BYTES_MAX = 1_048_576;

export interface DetailTexts {
  /** The bytes of a finished backtest's answer, made when they are not here. */
  read(id: string, make: () => Promise<Uint8Array<ArrayBuffer>>): Promise<Uint8Array<ArrayBuffer>>;
}

export function createDetailTexts(platform: Pick<Platform, "caches">): DetailTexts {
  const cache: Cache<Uint8Array<ArrayBuffer>> = platform.caches.create({
    name: "backtest-details",
    entriesMax: ENTRIES_MAX,
    lifetimeMs: LIFETIME_MS,
  });
  return {
    async read(id, make) {
      const known = cache.get(id);
      if (known !== undefined) return known;
      const bytes = await make();
      if (bytes.length <= BYTES_MAX) cache.set(id, bytes);
      return bytes;
    },
  };
}
