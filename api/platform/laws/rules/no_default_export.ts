/** A name that is written at its definition is found by searching. */
export const noDefaultExport: Deno.lint.Rule = {
  create(context) {
    return {
      ExportDefaultDeclaration(node) {
        context.report({
          node,
          message: "Cannot export a default: an import could give it any name",
          hint: "Export it by its name",
        });
      },
    };
  },
};
