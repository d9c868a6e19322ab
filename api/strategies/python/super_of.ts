/** `super()`: the next class after the one whose method is running. */
import { type Range, refuse } from "./refusal.ts";
import type { Scope, Value } from "./values.ts";

/** Names under which a method's scope keeps where it runs; no source text can spell them. */
export const RUNNING_CLASS = "<class>";
export const RUNNING_SELF = "<self>";

export function superOf(scope: Scope, at: Range): Value {
  for (let level: Scope | null = scope; level !== null; level = level.parent) {
    const owner = level.names.get(RUNNING_CLASS);
    if (owner?.kind !== "class") continue;
    const [base, more] = owner.bases;
    if (base === undefined || more !== undefined) break;
    if (base.kind === "external") return { kind: "external", path: `super(${base.path})` };
    return { kind: "instance", of: base };
  }
  refuse("unsupported_call", at, "Cannot use super() here");
}
