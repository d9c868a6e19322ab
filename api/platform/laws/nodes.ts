/** Small questions about syntax that several rules ask. */

/** The dotted name of `a`, `a.b` or `a.b.c`, without `globalThis`; null for anything else. */
export function dottedName(node: Deno.lint.Node): string | null {
  if (node.type === "Identifier") return node.name;
  if (node.type === "ThisExpression") return "this";
  if (node.type === "ChainExpression") return dottedName(node.expression);
  if (node.type !== "MemberExpression") return null;
  const property = propertyName(node);
  const object = dottedName(node.object);
  if (property === null || object === null) return null;
  return object === "globalThis" ? property : `${object}.${property}`;
}

/** The name behind the dot, or the literal within the brackets. */
export function propertyName(node: Deno.lint.MemberExpression): string | null {
  const { property } = node;
  if (property.type === "PrivateIdentifier") return `#${property.name}`;
  if (property.type === "Identifier") return node.computed ? null : property.name;
  if (property.type === "Literal" && typeof property.value === "string") return property.value;
  return null;
}

export function isMember(node: Deno.lint.Node, object: string, property: string): boolean {
  return dottedName(node) === `${object}.${property}`;
}

/** The name at the root of a chain of members and calls: `tx` of `tx.selectFrom("a").execute()`. */
export function rootName(node: Deno.lint.Node): string | null {
  let current: Deno.lint.Node = node;
  while (true) {
    switch (current.type) {
      case "Identifier":
        return current.name;
      case "ThisExpression":
        return "this";
      case "MemberExpression":
        current = current.object;
        break;
      case "CallExpression":
        current = current.callee;
        break;
      case "TaggedTemplateExpression":
        current = current.tag;
        break;
      case "ChainExpression":
      case "TSNonNullExpression":
      case "TSAsExpression":
      case "TSSatisfiesExpression":
        current = current.expression;
        break;
      default:
        return null;
    }
  }
}

export type FunctionNode =
  | Deno.lint.FunctionDeclaration
  | Deno.lint.FunctionExpression
  | Deno.lint.ArrowFunctionExpression;

export function isFunction(node: Deno.lint.Node): node is FunctionNode {
  return node.type === "FunctionDeclaration" || node.type === "FunctionExpression" ||
    node.type === "ArrowFunctionExpression";
}

/** The text of a string literal, or of a template with `${}` in place of its expressions. */
export function textOf(node: Deno.lint.Node | undefined): string | null {
  if (node === undefined) return null;
  if (node.type === "Literal") return typeof node.value === "string" ? node.value : null;
  if (node.type === "TemplateLiteral") return node.quasis.map((each) => each.cooked).join("${}");
  if (node.type !== "BinaryExpression" || node.operator !== "+") return null;
  const left = textOf(node.left);
  const right = textOf(node.right);
  return left === null && right === null ? null : `${left ?? "${}"}${right ?? "${}"}`;
}
