/** Texts of versions, which never change: a strategy that is read often costs one row. */
import type { Cache } from "../platform/cache.ts";
import type { Ctx, Platform } from "../platform/context.ts";
import { findVersion } from "./store.ts";

const ENTRIES_MAX = 1_000;
const LIFETIME_MS = 600_000;
/** Larger texts are read anew, so that the cache holds at most 64 MB. */
const CODE_BYTES_MAX = 65_536;

export interface VersionText {
  readonly sha256: string;
  readonly className: string | null;
  readonly code: string;
}

export interface VersionTexts {
  /** The text of the actor's own strategy; undefined when there is no such version. */
  read(ctx: Ctx, strategyId: string, number: number): Promise<VersionText | undefined>;
}

export function createVersionTexts(platform: Pick<Platform, "caches">): VersionTexts {
  const cache: Cache<VersionText> = platform.caches.create({
    name: "strategy-texts",
    entriesMax: ENTRIES_MAX,
    lifetimeMs: LIFETIME_MS,
  });
  return {
    async read(ctx, strategyId, number) {
      const key = `${strategyId}:${number}`;
      const known = cache.get(key);
      if (known !== undefined) return known;
      const row = await findVersion(ctx.db, ctx, strategyId, number);
      if (row === undefined) return undefined;
      const code = new TextDecoder().decode(row.code);
      const text = { sha256: row.sha256, className: row.class_name, code };
      if (row.code.byteLength <= CODE_BYTES_MAX) cache.set(key, text);
      return text;
    },
  };
}
