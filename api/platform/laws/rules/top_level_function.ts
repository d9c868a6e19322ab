/**
 * Functions at the top are declared, so that a file reads in call order; arrows are closures. A
 * constant with a written type is exempt: only so can a function implement a named function type.
 */
export const topLevelFunction: Deno.lint.Rule = {
  create(context) {
    return {
      VariableDeclarator(node) {
        const { init } = node;
        if (init?.type !== "ArrowFunctionExpression" && init?.type !== "FunctionExpression") return;
        const implementsType = node.id.type === "Identifier" && node.id.typeAnnotation;
        const outer = node.parent.parent;
        if (implementsType) return;
        if (outer.type !== "Program" && outer.type !== "ExportNamedDeclaration") return;
        context.report({
          node,
          message: `Cannot define "${context.sourceCode.getText(node.id)}" as an arrow here`,
          hint: "Declare it with `function`",
        });
      },
    };
  },
};
