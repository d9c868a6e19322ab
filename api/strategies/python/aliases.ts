/** Who else holds a value: `x += 1` changes a series in place, for all its names at once. */
import type { Session } from "./session.ts";
import type { ColumnValue, Scope, Value } from "./values.ts";

/** References to this very object from running functions, their surroundings and containers. */
export function countReferences(session: Session, column: ColumnValue): number {
  let count = 0;
  const seen = new Set<object>();
  const pending: Value[] = [];
  const visit = (scope: Scope | null) => {
    for (let level = scope; level !== null && !seen.has(level); level = level.parent) {
      seen.add(level);
      pending.push(...level.names.values());
    }
  };
  session.scopes.forEach(visit);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next === column) count++;
    if (next.kind === "column" || seen.has(next)) continue;
    seen.add(next);
    session.budget.step({ from: 0, to: 0 });
    switch (next.kind) {
      case "list":
      case "tuple":
        pending.push(...next.items);
        break;
      case "dict":
        for (const [, held] of next.entries.values()) pending.push(held);
        break;
      case "function":
        pending.push(...next.defaults.values());
        visit(next.scope);
        break;
      case "native":
      case "method":
        pending.push(next.self);
        break;
    }
  }
  return count;
}
