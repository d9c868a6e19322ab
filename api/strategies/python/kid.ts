/** What the tree builder passes upwards: the concrete tree's nodes, as far as they are built. */
import type { BooleanChain } from "./boolean_chain.ts";
import type { Range } from "./refusal.ts";
import type { Expr, Stmt } from "./syntax.ts";

/** A child of a node under construction: a token, or what was built from a node. */
export interface Kid extends Range {
  readonly name: string;
  readonly text: string;
  readonly kids: readonly Kid[];
  readonly expr: Expr | null;
  readonly stmt: Stmt | null;
  /** Of an unparenthesised `not`, `and` or `or`: its operands, not yet grouped. */
  readonly chain: BooleanChain | null;
}

/** Statements among `kids`; those of one line are grouped in the concrete tree. */
export function statementsOf(kids: readonly Kid[]): Stmt[] {
  return kids.flatMap((kid) => {
    if (kid.name === "StatementGroup") return statementsOf(kid.kids);
    return kid.stmt === null ? [] : [kid.stmt];
  });
}
