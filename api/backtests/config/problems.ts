/** One wording for every refused setting: the key, the value, and what is allowed. */
import type { z } from "zod";
import { AppError } from "../../platform/errors.ts";

type Issue = z.core.$ZodIssue;

/** Parses `value` or throws an AppError that names every refused key. */
export function parseSettings<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => ({
    loc: issue.path.map((part) => typeof part === "symbol" ? String(part) : part),
    msg: describeIssue(issue, value),
    type: issue.code ?? "custom",
  }));
  const text = problems.map(({ loc, msg }) => `"${loc.join(".")}" ${msg}`).join("; ");
  throw new AppError("VALIDATION_ERROR", `Cannot use ${what}: ${text}`, { problems });
}

/** What is wrong with the value found, in words that follow the key. */
function describeIssue(issue: Issue, root: unknown): string {
  const value = quoteValue(valueAt(root, issue.path));
  switch (issue.code) {
    case "too_small":
      return `is ${value}, ${
        issue.inclusive === false ? "expected above" : "the least is"
      } ${issue.minimum}`;
    case "too_big":
      return `is ${value}, ${
        issue.inclusive === false ? "expected below" : "the most is"
      } ${issue.maximum}`;
    case "invalid_type":
      return value === "undefined" ? "is missing" : `is ${value}, expected ${issue.expected}`;
    case "invalid_value":
      return `is ${value}, expected ${issue.values.map(quoteValue).join(" or ")}`;
    case "unrecognized_keys":
      return `has the unknown key ${issue.keys.map(quoteValue).join(", ")}`;
    case "custom":
      return `is ${value}, ${issue.message}`;
    default:
      // A schema of several forms states what it expects as its message.
      return `is ${value}, ${issue.message.startsWith("expected") ? issue.message : "not allowed"}`;
  }
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const part of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Reflect.get(value, part);
  }
  return value;
}

function quoteValue(value: unknown): string {
  if (typeof value === "bigint" || typeof value === "symbol") return String(value);
  return JSON.stringify(value) ?? "undefined";
}
