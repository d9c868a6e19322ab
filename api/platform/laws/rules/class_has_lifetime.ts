type ClassNode = Deno.lint.ClassDeclaration | Deno.lint.ClassExpression;

/** A class is for state with a lifetime; without state it is functions in a costume. */
export const classHasLifetime: Deno.lint.Rule = {
  create(context) {
    function judgeClass(node: ClassNode): void {
      if (node.superClass !== null || node.body.body.some(isState)) return;
      context.report({
        node,
        message: `Cannot declare class "${node.id?.name ?? ""}": it holds no state`,
        hint: "Write top-level functions",
      });
    }
    function judgeAccess(node: Deno.lint.MethodDefinition | Deno.lint.PropertyDefinition): void {
      if (node.accessibility !== "private" && node.accessibility !== "protected") return;
      context.report({
        node,
        message: `Cannot use "${node.accessibility}": it is gone at run time`,
        hint: "Name the member with #",
      });
    }
    return {
      ClassDeclaration: judgeClass,
      ClassExpression: judgeClass,
      MethodDefinition: judgeAccess,
      PropertyDefinition: judgeAccess,
      TSParameterProperty(node) {
        context.report({
          node,
          message: "Cannot declare a field in a parameter list",
          hint: "Declare a #field and assign it in the constructor",
        });
      },
    };
  },
};

function isState(member: Deno.lint.ClassBody["body"][number]): boolean {
  return (member.type === "PropertyDefinition" || member.type === "AccessorProperty") &&
    !member.static;
}
