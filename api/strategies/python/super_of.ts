/** `super()`: attribute lookup after the class whose method is running. */
import { type Range, refuse } from "./refusal.ts";
import type { ClassValue, Scope, Value } from "./values.ts";

/** Names under which a method's scope keeps where it runs; no source text can spell them. */
export const RUNNING_CLASS = "<class>";
export const RUNNING_SELF = "<self>";

export function superOf(scope: Scope, at: Range): Value {
  for (let level: Scope | null = scope; level !== null; level = level.parent) {
    const owner = level.names.get(RUNNING_CLASS);
    const self = level.names.get(RUNNING_SELF);
    if (owner?.kind !== "class" || self?.kind !== "instance") continue;
    const base = onlyBase(owner);
    if (base === null) break;
    if (base.kind === "external") return { kind: "external", path: `super(${base.path})` };
    return { kind: "instance", of: self.of, from: base };
  }
  refuse("unsupported_call", at, "Cannot use super() here", "Name the class and pass self");
}

/** With several bases the next class depends on the whole hierarchy. */
function onlyBase(owner: ClassValue) {
  const [base, more] = owner.bases;
  return base === undefined || more !== undefined ? null : base;
}
