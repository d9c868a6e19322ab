import { dottedName, propertyName } from "../nodes.ts";
import { describeFile, isProduction } from "../source_file.ts";

/** No `eval`, no `Function`, no subprocess: a strategy's text must have no way to become code. */
export const noCodeFromText: Deno.lint.Rule = {
  create(context) {
    const file = describeFile(context.filename);
    function report(node: Deno.lint.Node, what: string): void {
      context.report({
        node,
        message: `Cannot use ${what}: text never becomes code here`,
        hint: "Compile it to the column program or give it to the metered interpreter",
      });
    }
    function judgeCallee(node: Deno.lint.CallExpression | Deno.lint.NewExpression): void {
      const name = dottedName(node.callee);
      if (name === "eval" || name === "Function") report(node, name);
      if (/^(Async|Generator|AsyncGenerator)Function$/.test(name ?? "")) report(node, String(name));
    }
    const judgeEverywhere: Deno.lint.LintVisitor = {
      CallExpression(node) {
        judgeCallee(node);
        const timer = /^set(Timeout|Interval)$/.test(dottedName(node.callee) ?? "");
        const first = node.arguments[0];
        if (timer && (first?.type === "Literal" || first?.type === "TemplateLiteral")) {
          report(node, "a timer with text");
        }
      },
      NewExpression: judgeCallee,
      ImportDeclaration(node) {
        if (/^(node:)?vm$/.test(node.source.value)) report(node, "node:vm");
        if (isProduction(file) && /^(node:)?child_process$/.test(node.source.value)) {
          report(node, "a subprocess");
        }
      },
    };
    if (!isProduction(file)) return judgeEverywhere;
    return {
      ...judgeEverywhere,
      MemberExpression(node) {
        if (dottedName(node) === "Deno.Command") report(node, "a subprocess");
        if (propertyName(node) !== "constructor" || node.parent.type !== "CallExpression") return;
        if (node.parent.callee.range[0] === node.range[0]) {
          report(node, "a constructor as function");
        }
      },
      ImportExpression(node) {
        if (node.source.type === "Literal") return;
        report(node, "an import of a computed name");
      },
    };
  },
};
