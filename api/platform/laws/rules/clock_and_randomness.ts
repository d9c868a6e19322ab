import { dottedName } from "../nodes.ts";
import { describeFile, isProduction } from "../source_file.ts";

const CALLS: ReadonlyMap<string, string> = new Map([
  ["Date.now", "ctx.clock"],
  ["Date", "ctx.clock"],
  ["performance.now", "ctx.clock"],
  ["Temporal.Now", "ctx.clock"],
  ["process.hrtime", "ctx.clock"],
  ["setTimeout", "the clock of ctx, which tests can drive"],
  ["setInterval", "the clock of ctx, which tests can drive"],
  ["Math.random", "the randomness of ctx"],
  ["crypto.randomUUID", "the ids of ctx"],
  ["crypto.getRandomValues", "the randomness of ctx"],
]);

const RANDOM_IMPORTS = /^(random\w*|webcrypto)$/;

/** Time, timers, ids and randomness come in `ctx`, so that a test can hold them still. */
export const clockAndRandomness: Deno.lint.Rule = {
  create(context) {
    const file = describeFile(context.filename);
    if (!isProduction(file) || file.capability === "platform") return {};
    function report(node: Deno.lint.Node, name: string, instead: string): void {
      context.report({
        node,
        message: `Cannot use "${name}" outside platform/: a test could not repeat it`,
        hint: `Use ${instead}`,
      });
    }
    return {
      MemberExpression(node) {
        const name = dottedName(node);
        const instead = name === null ? undefined : CALLS.get(name);
        if (name !== null && instead !== undefined) report(node, name, instead);
      },
      CallExpression(node) {
        if (node.callee.type !== "Identifier") return;
        const instead = CALLS.get(node.callee.name);
        if (instead !== undefined) report(node, node.callee.name, instead);
      },
      NewExpression(node) {
        if (dottedName(node.callee) !== "Date" || node.arguments.length > 0) return;
        report(node, "new Date()", "ctx.clock");
      },
      ImportDeclaration(node) {
        if (!/^(node:)?crypto$/.test(node.source.value)) return;
        for (const each of node.specifiers) {
          if (each.type !== "ImportSpecifier" || each.imported.type !== "Identifier") continue;
          const { name } = each.imported;
          if (RANDOM_IMPORTS.test(name)) report(each, name, "the randomness of ctx");
        }
      },
    };
  },
};
