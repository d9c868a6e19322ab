import { dottedName, type FunctionNode, isFunction, propertyName, rootName } from "../nodes.ts";
import { describeFile, isProduction } from "../source_file.ts";

const OPENERS = /^(transaction|inTransaction|withTransaction|savepoint|batch)$/;
/** Kysely's own form: `transaction().setIsolationLevel(…).execute(callback)`. */
const CHAINED = /^(execute|setIsolationLevel|setAccessMode)$/;
const COMBINATORS = /^Promise\.(all|allSettled|race|any)$/;

interface Scope {
  readonly start: number;
  /** Names that are the transaction or were made from it. */
  readonly names: Set<string>;
}

/**
 * While a transaction is open everyone else waits, so only the database may be awaited in it. A
 * callee counts as the database when it comes from the transaction or takes it as an argument.
 */
export const transactionAwaitsDatabase: Deno.lint.Rule = {
  create(context) {
    if (!isProduction(describeFile(context.filename))) return {};
    const scopes: Scope[] = [];

    function enter(node: FunctionNode): void {
      const name = transactionName(node);
      if (name === null) return;
      const outer = scopes.at(-1)?.names ?? [];
      scopes.push({ start: node.range[0], names: new Set([...outer, name]) });
    }
    function leave(node: FunctionNode): void {
      if (scopes.at(-1)?.start === node.range[0]) scopes.pop();
    }
    function judge(node: Deno.lint.Node, awaited: Deno.lint.Expression): void {
      const scope = scopes.at(-1);
      if (scope === undefined || isDatabase(awaited, scope.names)) return;
      const callee = awaited.type === "CallExpression" ? dottedName(awaited.callee) : null;
      context.report({
        node,
        message: `Cannot await ${callee === null ? "this" : `"${callee}"`} inside a transaction`,
        hint: "Await it before the transaction or after its commit, or pass it the transaction",
      });
    }
    return {
      FunctionDeclaration: enter,
      FunctionExpression: enter,
      ArrowFunctionExpression: enter,
      "FunctionDeclaration:exit": leave,
      "FunctionExpression:exit": leave,
      "ArrowFunctionExpression:exit": leave,
      VariableDeclarator(node) {
        const names = scopes.at(-1)?.names;
        if (names === undefined || node.init === null || node.id.type !== "Identifier") return;
        if (isDatabase(node.init, names)) names.add(node.id.name);
      },
      AwaitExpression: (node) => judge(node, node.argument),
      ForOfStatement(node) {
        if (node.await) judge(node.right, node.right);
      },
    };
  },
};

/** The parameter that holds the transaction: one named `tx`, or the first of an opener's callback. */
function transactionName(node: FunctionNode): string | null {
  const names = node.params.map((each) => each.type === "Identifier" ? each.name : null);
  if (names.includes("tx")) return "tx";
  const call = node.parent;
  if (call.type !== "CallExpression" || !isOpener(call.callee)) return null;
  return names[0] ?? null;
}

function isOpener(callee: Deno.lint.Expression): boolean {
  if (callee.type === "Identifier") return OPENERS.test(callee.name);
  if (callee.type !== "MemberExpression") return false;
  const method = propertyName(callee) ?? "";
  if (OPENERS.test(method)) return true;
  const { object } = callee;
  return CHAINED.test(method) && object.type === "CallExpression" && isOpener(object.callee);
}

function isDatabase(node: Deno.lint.Node, names: ReadonlySet<string>): boolean {
  const root = rootName(node);
  if (root !== null && names.has(root)) return true;
  switch (node.type) {
    case "CallExpression":
      return isDatabaseCall(node, names);
    case "NewExpression":
      return node.arguments.some((each) => carries(each, names));
    case "ObjectExpression":
      return carries(node, names);
    case "ChainExpression":
      return isDatabase(node.expression, names);
    case "ConditionalExpression":
      return isSettled(node.consequent, names) && isSettled(node.alternate, names);
    case "LogicalExpression":
      return isSettled(node.right, names) && isSettled(node.left, names);
    default:
      return false;
  }
}

function isDatabaseCall(node: Deno.lint.CallExpression, names: ReadonlySet<string>): boolean {
  if (COMBINATORS.test(dottedName(node.callee) ?? "")) {
    const list = node.arguments[0];
    if (list?.type !== "ArrayExpression") return list !== undefined && isMapped(list, names);
    return list.elements.every((each) => each !== null && isDatabase(each, names));
  }
  if (node.arguments.some((each) => carries(each, names))) return true;
  const { callee } = node;
  if (callee.type !== "MemberExpression") return false;
  const { object } = callee;
  const isChain = object.type === "CallExpression" || object.type === "NewExpression";
  return isChain && isDatabase(object, names);
}

/** `rows.map((row) => insertRow(tx, row))` */
function isMapped(node: Deno.lint.Node, names: ReadonlySet<string>): boolean {
  if (node.type !== "CallExpression") return false;
  const worker = node.arguments[0];
  return worker !== undefined && isFunction(worker) && isDatabase(worker.body, names);
}

/** A branch without a promise is as good as one on the database. */
function isSettled(node: Deno.lint.Node, names: ReadonlySet<string>): boolean {
  return node.type === "Literal" || node.type === "Identifier" || isDatabase(node, names);
}

/** An argument that is the transaction, or an object with the transaction in it. */
function carries(node: Deno.lint.Node, names: ReadonlySet<string>): boolean {
  if (node.type === "Identifier") return names.has(node.name);
  if (node.type !== "ObjectExpression") return false;
  return node.properties.some((each) =>
    each.type === "SpreadElement"
      ? each.argument.type === "Identifier" && names.has(each.argument.name)
      : carries(each.value, names)
  );
}
