import { propertyName, textOf } from "../nodes.ts";
import { describeFile, isProduction } from "../source_file.ts";

/**
 * Words by which columns hold decimal text. Ratios and rates that are REAL share some of them: name
 * an integer or REAL column with its unit (`cost_e8`, `fee_ratio`) and SQL may compute with it.
 */
const MONEY = "price|amount|quantity|qty|cost|fee|fees|balance|equity|profit|pnl|notional|stake|" +
  "wallet|margin|proceeds|commission|funding|nominal|capital";
const COLUMN = new RegExp(`(^|[._"\`])(${MONEY})(_abs|_total|_quote|_base)?["\`]?$`, "i");
const AGGREGATES = new Set(["sum", "avg", "min", "max", "total"]);
const COMPARISONS = new Set(["<", "<=", ">", ">="]);

const IN_TEXT = new RegExp(
  `\\b(sum|avg|min|max|total)\\s*\\(\\s*(distinct\\s+)?["\`\\w.]*\\b(\\w+_)?(${MONEY})["\`]?\\s*\\)|` +
    `\\border\\s+by\\s+(["\`\\w.]+(\\s+(asc|desc))?\\s*,\\s*)*["\`\\w.]*?\\b(\\w+_)?(${MONEY})\\b(?!_)`,
  "i",
);

/** Decimal text sums wrongly and sorts as text: `"9" > "10"`. */
export const moneyStaysOutOfSql: Deno.lint.Rule = {
  create(context) {
    if (!isProduction(describeFile(context.filename))) return {};
    function report(node: Deno.lint.Node, what: string): void {
      context.report({
        node,
        message: `Cannot ${what} in SQL: the column is decimal text`,
        hint: "Compute with platform/decimal, or store an integer in 1e-8 beside it (name it _e8)",
      });
    }
    function judgeText(node: Deno.lint.Literal | Deno.lint.TemplateLiteral): void {
      const text = textOf(node) ?? "";
      const found = /\b(select|order by)\b/i.test(text) ? IN_TEXT.exec(text) : null;
      if (found !== null) report(node, `write "${found[0].trim()}"`);
    }
    return {
      CallExpression(node) {
        if (node.callee.type !== "MemberExpression") return;
        const method = propertyName(node.callee) ?? "";
        const column = textOf(node.arguments[0]);
        if (column === null || !COLUMN.test(column.replace(/\s+(asc|desc|as\s+\w+)$/i, ""))) return;
        if (AGGREGATES.has(method)) report(node, `take ${method}() of "${column}"`);
        if (method === "orderBy") report(node, `order by "${column}"`);
        const operator = textOf(node.arguments[1]) ?? "";
        if (/^(where|having|and|or|eb)$/.test(method) && COMPARISONS.has(operator)) {
          report(node, `compare "${column}" by ${operator}`);
        }
      },
      TaggedTemplateExpression(node) {
        if (!context.sourceCode.getText(node.tag).startsWith("sql")) return;
        const found = IN_TEXT.exec(textOf(node.quasi) ?? "");
        if (found !== null) report(node, `write "${found[0].trim()}"`);
      },
      Literal: judgeText,
      TemplateLiteral(node) {
        if (node.parent.type !== "TaggedTemplateExpression") judgeText(node);
      },
    };
  },
};
