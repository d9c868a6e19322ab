import { dottedName, textOf } from "../nodes.ts";
import { describeFile } from "../source_file.ts";

const WORDS_MIN = 3;
const IGNORE_REASON = /\((needs|skipped:) /;

/** A test's name says what holds; a test that may not run says why in its name. */
export const testIsAPromise: Deno.lint.Rule = {
  create(context) {
    const file = describeFile(context.filename);
    function report(node: Deno.lint.Node, message: string, hint: string): void {
      context.report({ node, message, hint });
    }
    function judgeName(node: Deno.lint.Node, name: string): void {
      const problem = nameProblem(name);
      if (problem === null) return;
      report(node, `Cannot name a test "${name}": ${problem}`, "Name what holds and when");
    }
    function judgeOptions(options: Deno.lint.ObjectExpression, call: Deno.lint.Node): void {
      const ignore = propertyOf(options, "ignore");
      const name = textOf(propertyOf(options, "name")) ?? textOf(firstArgument(call));
      if (name !== null) judgeName(options, name);
      if (ignore === undefined || (ignore.type === "Literal" && ignore.value === false)) return;
      if (ignore.type !== "Literal" && IGNORE_REASON.test(name ?? "")) return;
      report(
        options,
        "Cannot ignore a test without a condition and a reason",
        'Say in its name what is missing: "… (needs CASES_DIR)"',
      );
    }
    return {
      CallExpression(node) {
        const callee = dottedName(node.callee) ?? "";
        if (/^Deno\.test\.(ignore|only)$/.test(callee)) {
          report(node, `Cannot commit "${callee}"`, "Run every test, or name the condition");
        }
        if (callee !== "Deno.test") return;
        for (const each of node.arguments) {
          if (each.type === "ObjectExpression") judgeOptions(each, node);
        }
        const name = textOf(node.arguments[0]);
        if (name !== null && node.arguments[1]?.type !== "ObjectExpression") judgeName(node, name);
      },
      NewExpression(node) {
        if (!file.isTest || file.name.endsWith("_journey_test.ts")) return;
        if (dottedName(node.callee) !== "Promise") return;
        if (!/\bsetTimeout\s*\(/.test(context.sourceCode.getText(node))) return;
        report(node, "Cannot sleep in a test", "Drive the fake clock, or await the event itself");
      },
    };
  },
};

/** Says what keeps a name from being a promise, or null. */
export function nameProblem(name: string): string | null {
  const words = name.trim().split(/\s+/);
  if (/^(tests?|should|it)\s/i.test(name)) return "it says what to do, not what holds";
  if (words.length < WORDS_MIN && !name.includes("${}")) return "it promises nothing";
  if (/\bworks\b|\bbasic\b|\bcorrectly\b/i.test(name)) return "anything could satisfy it";
  if (name.endsWith(".")) return "it ends with a stop";
  return null;
}

function firstArgument(node: Deno.lint.Node): Deno.lint.Node | undefined {
  return node.type === "CallExpression" ? node.arguments[0] : undefined;
}

function propertyOf(node: Deno.lint.ObjectExpression, name: string): Deno.lint.Node | undefined {
  for (const each of node.properties) {
    if (each.type !== "Property" || each.key.type !== "Identifier") continue;
    if (each.key.name === name) return each.value;
  }
  return undefined;
}
