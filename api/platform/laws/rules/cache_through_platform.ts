import { describeFile, isProduction } from "../source_file.ts";

/** A cache without a name, a bound and a lifetime is a leak. */
export const cacheThroughPlatform: Deno.lint.Rule = {
  create(context) {
    const file = describeFile(context.filename);
    if (!isProduction(file) || file.path.startsWith("api/platform/cache")) return {};
    return {
      ImportDeclaration(node) {
        if (node.source.value !== "lru-cache" || node.importKind === "type") return;
        context.report({
          node,
          message: 'Cannot import "lru-cache" here: platform/cache makes every cache',
          hint: "Ask platform/cache for one, with a name, a bound and a lifetime",
        });
      },
    };
  },
};
