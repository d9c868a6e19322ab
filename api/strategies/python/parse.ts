/** Source text to the compiler's syntax tree; every failure is a RefusalError with a place. */
import type { PartialParse, Tree } from "@lezer/common";
import { parser } from "@lezer/python";
import type { Budget } from "./budget.ts";
import { refuse } from "./refusal.ts";
import type { Module } from "./syntax.ts";
import { buildModule } from "./tree.ts";

export function parseModule(source: string, budget: Budget): Module {
  const bytes = source.length > budget.limits.sourceBytes ? source.length : utf8Bytes(source);
  if (bytes > budget.limits.sourceBytes) {
    refuse(
      "source_too_large",
      { from: 0, to: 0 },
      `Cannot compile: the source has ${bytes} bytes, ${budget.limits.sourceBytes} are allowed`,
      "Split the file",
    );
  }
  return buildModule(parseTree(maskTrailingDots(source), budget), source, budget);
}

function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

/**
 * The grammar takes `3.` for the start of a member access. Such literals are replaced by digits of
 * the same length; the tree builder reads every literal from the source itself.
 */
function maskTrailingDots(source: string): string {
  if (!/\d\./.test(source)) return source;
  const token =
    /("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|#[^\n]*)|(?<![\w.])(\d[\d_]*\.(?:[eE][+-]?\d+|(?![\w.])))/g;
  return source.replace(token, (all, opaque?: string) => {
    return opaque === undefined ? "1".repeat(all.length) : all;
  });
}

/** The part of the parser's state that makes it give up on a long chain of operators. */
interface ReductionCounter {
  bigReductionCount: number;
}

/**
 * The parser abandons an expression after 300 left-associative reductions, to keep trees shallow
 * for recursive readers. The builder here is iterative, so the counter is held at zero.
 */
function parseTree(text: string, budget: Budget): Tree {
  const parse: PartialParse & Partial<ReductionCounter> = parser.startParse(text);
  const whole = { from: 0, to: text.length };
  try {
    for (;;) {
      budget.step(whole);
      const tree = parse.advance();
      if (tree !== null) return tree;
      if (parse.bigReductionCount !== undefined) parse.bigReductionCount = 0;
    }
  } catch (err) {
    if (!(err instanceof RangeError)) throw err;
    refuse(
      "nested_too_deeply",
      { from: 0, to: 0 },
      "Cannot parse: an expression is nested too deeply",
      "Split the expression",
    );
  }
}
