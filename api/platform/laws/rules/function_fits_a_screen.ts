import type { FunctionNode } from "../nodes.ts";

export const FUNCTION_LINES_MAX = 70;

/** What does not fit a screen is not read as one thing. */
export const functionFitsAScreen: Deno.lint.Rule = {
  create(context) {
    function judge(node: FunctionNode): void {
      const lines = context.sourceCode.getText(node).split("\n").length;
      if (lines <= FUNCTION_LINES_MAX) return;
      context.report({
        range: [node.range[0], Math.min(node.range[1], node.range[0] + 60)],
        message: `Cannot keep a function of ${lines} lines: the wall is ${FUNCTION_LINES_MAX}`,
        hint: "Branch in the parent and compute in leaves",
      });
    }
    return {
      FunctionDeclaration: judge,
      FunctionExpression: judge,
      ArrowFunctionExpression: judge,
    };
  },
};
