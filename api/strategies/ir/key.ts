/** A program's name: everything its nodes depend on, hashed. */
import { createHash } from "node:crypto";

/** Raised whenever the same source could lower to other nodes than before. */
export const COMPILER_VERSION = 1;

export interface KeyParts {
  readonly sourceSha256: string;
  readonly className: string;
  /** Configuration keys the source read, with their values. */
  readonly configRead: ReadonlyMap<string, unknown>;
  /** Pairs in order, when the program depends on them; otherwise empty. */
  readonly whitelist: readonly string[];
  readonly timeframe: string;
  readonly runMode: string;
  readonly candleType: string;
  /** Parameters that shaped the program, with the values they had, sorted by name. */
  readonly variant: readonly (readonly [string, unknown])[];
  /** The types of slot values: an integer in a float's place gives other kernels. */
  readonly slotTypes: readonly (readonly [string, string])[];
}

export function programKey(parts: KeyParts): string {
  const canonical = JSON.stringify([
    parts.sourceSha256,
    parts.className,
    COMPILER_VERSION,
    [...parts.configRead].sort(([a], [b]) => a < b ? -1 : 1),
    parts.whitelist,
    parts.timeframe,
    parts.runMode,
    parts.candleType,
    parts.variant,
    parts.slotTypes,
  ]);
  return sha256(canonical);
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
