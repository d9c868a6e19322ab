/** An `__init__` that only hands on to freqtrade's own. */
import type { FunctionValue } from "./values.ts";

export function isPlainInit({ node }: FunctionValue): boolean {
  if (node.kind !== "function") return false;
  const [only, more] = node.body.filter((statement) =>
    !(statement.kind === "expression" && statement.value.kind === "constant")
  );
  if (only?.kind !== "expression" || more !== undefined) return false;
  const call = only.value;
  return call.kind === "call" && call.callee.kind === "attribute" &&
    call.callee.name === "__init__" && call.callee.object.kind === "call" &&
    call.callee.object.callee.kind === "name" && call.callee.object.callee.name === "super";
}
