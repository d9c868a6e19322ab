/** The items a loop sees; only what is known while compiling can be looped over. */
import { rangeItems, rangeLength } from "./operators.ts";
import { type Range, refuse } from "./refusal.ts";
import type { Session } from "./session.ts";
import { int, str, typeName, type Value } from "./values.ts";

export function iterate(session: Session, value: Value, at: Range): readonly Value[] {
  switch (value.kind) {
    case "list":
    case "tuple":
      return [...value.items];
    case "range": {
      session.budget.allocate(rangeLength(value), at);
      return rangeItems(value).map(int);
    }
    case "dict":
      return [...value.entries.values()].map(([key]) => key);
    case "str":
      return Array.from(value.value, str);
    case "set":
      refuse(
        "unsupported_expression",
        at,
        "Cannot loop over a set: its order is not defined",
        "Use a list or sorted()",
      );
      break;
    case "column":
    case "frame":
      refuse(
        "unsupported_expression",
        at,
        `Cannot loop over the rows of a ${typeName(value)}`,
        "Write the rule with columns: shift(), rolling(), .loc masks",
      );
  }
  refuse("unsupported_expression", at, `Cannot loop over ${typeName(value)}`);
}
