/** Binds a call's arguments to a library function's signature. */
import { refuse } from "./refusal.ts";
import { type CallArguments, raises } from "./session.ts";
import type { Value } from "./values.ts";

export interface Bound {
  /** The argument of that name, or undefined when the call leaves it out. */
  get(name: string): Value | undefined;
  need(name: string): Value;
}

/** Refuses arguments the signature does not have: their meaning would be lost. */
export function bindArguments(
  what: string,
  signature: readonly string[],
  args: CallArguments,
): Bound {
  const values = new Map<string, Value>();
  if (args.positional.length > signature.length) {
    raises(args.at, `${what} takes ${signature.length} arguments`);
  }
  for (const [i, value] of args.positional.entries()) values.set(signature[i] ?? "", value);
  for (const [name, value] of args.named) {
    if (!signature.includes(name)) {
      refuse(
        "unsupported_argument",
        args.at,
        `Cannot use the argument "${name}" of ${what}`,
        signature.length === 0 ? "" : `Known arguments: ${signature.join(", ")}`,
      );
    }
    if (values.has(name)) raises(args.at, `${what} gets "${name}" twice`);
    values.set(name, value);
  }
  return {
    get: (name) => values.get(name),
    need: (name) => values.get(name) ?? raises(args.at, `${what} needs "${name}"`),
  };
}
