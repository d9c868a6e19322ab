import { propertyName, textOf } from "../nodes.ts";
import { describeFile, isProduction, isStore } from "../source_file.ts";

const MESSAGE = "Cannot write SQL here: it belongs in the capability's store.ts";
const HINT = "Move the query into a store function that takes the database first";

const BUILDERS = new Set([
  "selectFrom",
  "insertInto",
  "updateTable",
  "deleteFrom",
  "replaceInto",
  "mergeInto",
  "selectNoFrom",
]);

const STATEMENT =
  /^\s*(select\s[^]*\sfrom\s|insert\s+(or\s+\w+\s+)?into\s|update\s+\w+\s+set\s|delete\s+from\s|replace\s+into\s|with\s+\w+\s+as\s*\(|pragma\s+\w+|(create|alter|drop)\s+(table|index|trigger|view)\s)/i;

/** SQL lives in stores and migrations; `platform/` holds the dialect underneath. */
export const sqlInStores: Deno.lint.Rule = {
  create(context) {
    const file = describeFile(context.filename);
    const free = isStore(file) || file.capability === "platform" || file.area === "migrations";
    if (free || !isProduction(file)) return {};
    const report = (node: Deno.lint.Node) => context.report({ node, message: MESSAGE, hint: HINT });
    function judgeText(node: Deno.lint.Node): void {
      if (STATEMENT.test(textOf(node) ?? "")) report(node);
    }
    return {
      TaggedTemplateExpression(node) {
        const { tag } = node;
        if (tag.type === "Identifier" && tag.name === "sql") report(node);
      },
      MemberExpression(node) {
        if (BUILDERS.has(propertyName(node) ?? "")) report(node);
      },
      ImportDeclaration(node) {
        if (node.source.value !== "kysely" || node.importKind === "type") return;
        const values = node.specifiers.filter((each) =>
          each.type !== "ImportSpecifier" || each.importKind === "value"
        );
        if (values.length > 0) report(node);
      },
      Literal: judgeText,
      TemplateLiteral(node) {
        if (node.parent.type !== "TaggedTemplateExpression") judgeText(node);
      },
    };
  },
};
