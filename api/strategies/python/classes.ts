/** Attribute lookup along a class's bases. */
import type { ClassValue, ExternalValue, Value } from "./values.ts";

/** Own attributes first, then the bases from left to right; the definition and who holds it. */
export function findAttribute(
  of: ClassValue,
  name: string,
): { readonly value: Value; readonly owner: ClassValue } | null {
  const own = of.attributes.get(name);
  if (own !== undefined) return { value: own, owner: of };
  for (const base of of.bases) {
    const found = base.kind === "class" ? findAttribute(base, name) : null;
    if (found !== null) return found;
  }
  return null;
}

/** Every attribute name along the bases, sorted as Python's `dir` does. */
export function attributeNames(of: ClassValue): string[] {
  const names = new Set(of.attributes.keys());
  for (const base of of.bases) {
    if (base.kind === "class") { for (const name of attributeNames(base)) names.add(name); }
  }
  return [...names].sort();
}

export function externalBases(of: ClassValue): ExternalValue[] {
  return of.bases.flatMap((base) => base.kind === "class" ? externalBases(base) : [base]);
}

export const STRATEGY_BASE = "freqtrade.strategy.IStrategy";

export function isStrategy(of: ClassValue): boolean {
  return externalBases(of).some((base) => base.path === STRATEGY_BASE);
}
