import { isMember } from "../nodes.ts";
import { describeFile } from "../source_file.ts";

const MESSAGE = "Cannot read the environment here: only a main.ts does";
const HINT = "Read the setting in main.ts through platform/config and pass it on in ctx";

/** Settings arrive as arguments; only `main.ts` files and tests look at the environment. */
export const environmentInMain: Deno.lint.Rule = {
  create(context) {
    const file = describeFile(context.filename);
    if (file.isMain || file.isTest || file.path.includes("/tools/")) return {};
    const report = (node: Deno.lint.Node) => context.report({ node, message: MESSAGE, hint: HINT });
    return {
      MemberExpression(node) {
        if (isMember(node, "Deno", "env") || isMember(node, "process", "env")) report(node);
      },
      VariableDeclarator(node) {
        const { id, init } = node;
        if (id.type !== "ObjectPattern" || init?.type !== "Identifier") return;
        if (init.name === "Deno" || init.name === "process") {
          if (context.sourceCode.getText(id).match(/\benv\b/)) report(node);
        }
      },
      ImportDeclaration(node) {
        if (!/^(node:)?process$/.test(node.source.value)) return;
        if (context.sourceCode.getText(node).match(/\benv\b/)) report(node);
      },
    };
  },
};
