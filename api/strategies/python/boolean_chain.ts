/**
 * `not`, `and` and `or` grouped as Python does. The grammar lets `not` reach over a following `and`
 * or `or`, so unparenthesised operands are collected flat and grouped here.
 */
import type { Expr } from "./syntax.ts";

interface Operand {
  readonly expr: Expr;
  /** Where each `not` before it begins, outermost first. */
  readonly nots: readonly number[];
}

export interface BooleanChain {
  readonly operands: readonly Operand[];
  /** Between the operands, one fewer. */
  readonly operators: readonly ("and" | "or")[];
}

export function chainOf(expr: Expr): BooleanChain {
  return { operands: [{ expr, nots: [] }], operators: [] };
}

export function negateFirst(chain: BooleanChain, from: number): BooleanChain {
  const [first, ...rest] = chain.operands;
  if (first === undefined) return chain;
  return { ...chain, operands: [{ ...first, nots: [from, ...first.nots] }, ...rest] };
}

export function joinChains(
  left: BooleanChain,
  operator: "and" | "or",
  right: BooleanChain,
): BooleanChain {
  return {
    operands: [...left.operands, ...right.operands],
    operators: [...left.operators, operator, ...right.operators],
  };
}

/** `and` binds closer than `or`, and `not` closer than both. */
export function groupChain({ operands, operators }: BooleanChain): Expr {
  const alternatives: Expr[] = [];
  let group: Expr[] = [];
  for (const [i, operand] of operands.entries()) {
    if (operators[i - 1] === "or") {
      alternatives.push(joined("and", group));
      group = [];
    }
    group.push(negated(operand));
  }
  alternatives.push(joined("and", group));
  return joined("or", alternatives);
}

function negated({ expr, nots }: Operand): Expr {
  return nots.reduceRight<Expr>(
    (operand, from) => ({
      kind: "unary",
      operator: "not",
      operand,
      at: { from, to: expr.at.to },
    }),
    expr,
  );
}

function joined(operator: "and" | "or", values: readonly Expr[]): Expr {
  const [first] = values;
  const last = values.at(-1);
  if (first === undefined || last === undefined) throw new Error("A boolean chain has no operand");
  if (values.length === 1) return first;
  return { kind: "boolop", operator, values, at: { from: first.at.from, to: last.at.to } };
}
