/** The parser's concrete tree to the compiler's syntax tree, bottom up and without recursion. */
import type { Tree } from "@lezer/common";
import {
  type BooleanChain,
  chainOf,
  groupChain,
  joinChains,
  negateFirst,
} from "./boolean_chain.ts";
import type { Budget } from "./budget.ts";
import { type Range, refuse } from "./refusal.ts";
import { type Kid, statementsOf } from "./kid.ts";
import type { Module } from "./syntax.ts";
import { buildExpression, exprOf } from "./tree_expressions.ts";
import { buildStatement } from "./tree_statements.ts";

/** The parser flattens what lies deeper than 2500 nodes, so its tree is read only to here. */
const DEPTH_MAX = 2000;

export function buildModule(tree: Tree, source: string, budget: Budget): Module {
  const stack: { name: string; kids: Kid[]; from: number; to: number }[] = [];
  let root: readonly Kid[] = [];
  tree.iterate({
    enter(node) {
      const at = { from: node.from, to: node.to };
      budget.treeNode(at);
      if (node.type.isError) refuseSyntax(source, at);
      if (node.name === "Comment") return false;
      if (stack.length >= DEPTH_MAX) {
        refuse(
          "nested_too_deeply",
          at,
          "Cannot parse: an expression is nested too deeply",
          "Split the expression",
        );
      }
      stack.push({ name: node.name, kids: [], ...at });
      return true;
    },
    leave() {
      const frame = stack.pop();
      if (frame === undefined) return;
      const parent = stack.at(-1);
      if (parent === undefined) root = frame.kids;
      else parent.kids.push(finish(frame, source));
    },
  });
  return { body: statementsOf(root) };
}

function finish(
  frame: { name: string; kids: Kid[]; from: number; to: number },
  source: string,
): Kid {
  const kid: Kid = {
    name: frame.name,
    from: frame.from,
    to: frame.to,
    text: frame.kids.length === 0 || frame.name.endsWith("Op")
      ? source.slice(frame.from, frame.to)
      : "",
    kids: frame.kids,
    expr: null,
    stmt: null,
    chain: null,
  };
  const chain = booleanChain(kid);
  if (chain !== null) return { ...kid, kids: [], expr: groupChain(chain), chain };
  const expr = buildExpression(kid, source);
  if (expr !== null) return { ...kid, kids: [], expr };
  const stmt = buildStatement(kid);
  return stmt === null ? kid : { ...kid, kids: [], stmt };
}

/** Null when the node is no `not`, `and` or `or`. */
function booleanChain({ name, kids }: Kid): BooleanChain | null {
  const [first, second, third] = kids;
  const operandOf = (kid: Kid | undefined) => kid?.chain ?? chainOf(exprOf(kid));
  if (name === "UnaryExpression" && first?.name === "not") {
    return negateFirst(operandOf(second), first.from);
  }
  if (name !== "BinaryExpression" || (second?.name !== "and" && second?.name !== "or")) return null;
  return joinChains(operandOf(first), second.name, operandOf(third));
}

function refuseSyntax(source: string, { from, to }: Range): never {
  const rest = source.slice(from, Math.min(source.length, from + 30));
  const found = /^\s*(\w+|\S)/.exec(rest)?.[1];
  refuse(
    "syntax_error",
    { from, to: Math.max(to, from + (found === undefined ? 0 : 1)) },
    found === undefined
      ? "Cannot parse: the text ends too early"
      : `Cannot parse: unexpected "${found}"`,
    "Check brackets, colons and indentation around this place",
  );
}
