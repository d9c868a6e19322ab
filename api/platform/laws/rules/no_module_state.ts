import { describeFile, isProduction } from "../source_file.ts";

const CONTAINERS = /^(Map|Set|WeakMap|WeakSet|LRUCache|Array)$/;
const HINT = "Make it in main.ts and pass it in ctx; a cache is made by platform/cache";

/** No singletons: what changes is owned by someone who can end it. */
export const noModuleState: Deno.lint.Rule = {
  create(context) {
    if (!isProduction(describeFile(context.filename))) return {};
    return {
      VariableDeclaration(node) {
        const { parent } = node;
        const top = parent.type === "Program" || parent.type === "ExportNamedDeclaration";
        if (!top || node.declare) return;
        const name = context.sourceCode.getText(node.declarations[0]?.id);
        if (node.kind !== "const") {
          context.report({ node, message: `Cannot keep "${name}" in the module`, hint: HINT });
          return;
        }
        if (!node.declarations.some((each) => isEmptyContainer(each.init))) return;
        context.report({ node, message: `Cannot fill "${name}" in the module`, hint: HINT });
      },
    };
  },
};

function isEmptyContainer(init: Deno.lint.Expression | null): boolean {
  if (init?.type === "ArrayExpression") return init.elements.length === 0;
  if (init?.type !== "NewExpression" || init.callee.type !== "Identifier") return false;
  if (init.callee.name === "LRUCache") return true;
  return CONTAINERS.test(init.callee.name) && init.arguments.length === 0;
}
