import { dottedName } from "../nodes.ts";
import { describeFile, isProduction } from "../source_file.ts";

/** One structured line per event, without secrets: only the logger writes to the console. */
export const logThroughPlatform: Deno.lint.Rule = {
  create(context) {
    const file = describeFile(context.filename);
    if (!isProduction(file) || file.isMain || file.path.startsWith("api/platform/log")) return {};
    return {
      MemberExpression(node) {
        const name = dottedName(node) ?? "";
        if (!/^console\.\w+$/.test(name)) return;
        context.report({
          node,
          message: `Cannot write to the console with "${name}"`,
          hint: "Use the log of ctx",
        });
      },
    };
  },
};
