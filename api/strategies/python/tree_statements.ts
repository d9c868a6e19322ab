/** Statements of the concrete tree. */
import { type Range, refuse } from "./refusal.ts";
import type { BinaryOperator, Expr, Stmt } from "./syntax.ts";
import { type Kid, statementsOf } from "./kid.ts";
import { argumentsOf, expressionList, exprOf, parametersOf, splitBy } from "./tree_expressions.ts";

/** Null when the node is no statement. */
export function buildStatement(kid: Kid): Stmt | null {
  const at: Range = { from: kid.from, to: kid.to };
  switch (kid.name) {
    case "AssignStatement":
      return assign(kid, at);
    case "UpdateStatement":
      return {
        kind: "augmented",
        target: exprOf(kid.kids[0]),
        operator: (kid.kids[1]?.text ?? "").slice(0, -1) as BinaryOperator,
        value: expressionList(kid.kids.slice(2)),
        at,
      };
    case "ExpressionStatement":
      return { kind: "expression", value: expressionList(kid.kids), at };
    case "ReturnStatement":
      return {
        kind: "return",
        value: kid.kids.length > 1 ? expressionList(kid.kids.slice(1)) : null,
        at,
      };
    case "PassStatement":
      return { kind: "pass", at };
    case "BreakStatement":
      return { kind: "break", at };
    case "ContinueStatement":
      return { kind: "continue", at };
    case "AssertStatement":
      return { kind: "assert", test: exprOf(kid.kids[1]), at };
    case "IfStatement":
      return ifStatement(kid, at);
    case "ForStatement":
      return forStatement(kid, at);
    case "WhileStatement":
      return {
        kind: "while",
        test: exprOf(kid.kids[1]),
        body: bodyAfter(kid, "while"),
        otherwise: bodyAfter(kid, "else"),
        at,
      };
    case "ImportStatement":
      return importStatement(kid, at);
    case "FunctionDefinition":
      return functionDefinition(kid, [], at);
    case "ClassDefinition":
      return classDefinition(kid, [], at);
    case "DecoratedStatement":
      return decorated(kid, at);
    case "TryStatement":
      return { kind: "try", body: bodyAfter(kid, "try"), at };
    default:
      return kid.name.endsWith("Statement") || kid.name === "TypeDefinition"
        ? { kind: "unsupported", construct: constructName(kid), at }
        : null;
  }
}

function constructName(kid: Kid): string {
  return kid.kids[0]?.text || kid.name;
}

function assign(kid: Kid, at: Range): Stmt {
  const groups = splitBy(kid.kids, "AssignOp");
  const annotation = groups[0]?.some((part) => part.name === "TypeDef") ?? false;
  if (annotation) {
    const value = groups[1];
    return {
      kind: "annotated",
      target: exprOf(groups[0]?.[0]),
      value: value === undefined ? null : expressionList(value),
      at,
    };
  }
  const parts: Expr[] = groups.map(expressionList);
  const value = parts.pop();
  if (value === undefined) refuse("syntax_error", at, "Cannot parse: a value is missing here");
  return { kind: "assign", targets: parts, value, at };
}

/** The statements of the body that follows the `nth` keyword `word`. */
function bodyAfter(kid: Kid, word: string): Stmt[] {
  const start = kid.kids.findIndex((part) => part.name === word);
  if (start < 0) return [];
  const body = kid.kids.slice(start).find((part) => part.name === "Body");
  return statementsOf(body?.kids ?? []);
}

function ifStatement(kid: Kid, at: Range): Stmt {
  const branches: { test: Expr; body: Stmt[] }[] = [];
  for (const [i, part] of kid.kids.entries()) {
    if (part.name !== "if" && part.name !== "elif") continue;
    const body = kid.kids.slice(i).find((later) => later.name === "Body");
    branches.push({ test: exprOf(kid.kids[i + 1]), body: statementsOf(body?.kids ?? []) });
  }
  return { kind: "if", branches, otherwise: bodyAfter(kid, "else"), at };
}

function forStatement(kid: Kid, at: Range): Stmt {
  if (kid.kids[0]?.name === "async") {
    return { kind: "unsupported", construct: "async for", at };
  }
  const inAt = kid.kids.findIndex((part) => part.name === "in");
  const bodyAt = kid.kids.findIndex((part) => part.name === "Body");
  return {
    kind: "for",
    target: expressionList(kid.kids.slice(1, inAt)),
    iterable: expressionList(kid.kids.slice(inAt + 1, bodyAt)),
    body: statementsOf(kid.kids[bodyAt]?.kids ?? []),
    otherwise: bodyAfter(kid, "else"),
    at,
  };
}

function importStatement(kid: Kid, at: Range): Stmt {
  const split = kid.kids.findIndex((part) => part.name === "import");
  const parts = kid.kids.slice(split + 1).filter((part) => part.name !== "(" && part.name !== ")");
  const names = splitBy(parts, ",").filter((group) => group.length > 0).map((group) => {
    const asAt = group.findIndex((part) => part.name === "as");
    const path = group.slice(0, asAt < 0 ? undefined : asAt).map(textOf).join("");
    return { path, as: asAt < 0 ? null : textOf(group[asAt + 1]) };
  });
  if (kid.kids[0]?.name !== "from") return { kind: "import", names, at };
  return {
    kind: "import_from",
    module: kid.kids.slice(1, split).map(textOf).join(""),
    names: names.map(({ path, as }) => ({ name: path, as })),
    at,
  };
}

function textOf(kid: Kid | undefined): string {
  if (kid?.expr?.kind === "name") return kid.expr.name;
  return kid?.text ?? "";
}

function functionDefinition(kid: Kid, decorators: readonly Expr[], at: Range): Stmt {
  const name = kid.kids.find((part) => part.name === "VariableName");
  return {
    kind: "function",
    name: textOf(name),
    nameAt: { from: name?.from ?? at.from, to: name?.to ?? at.to },
    parameters: parametersOf(kid.kids.find((part) => part.name === "ParamList")),
    body: bodyAfter(kid, "ParamList"),
    decorators,
    isAsync: kid.kids[0]?.name === "async",
    at,
  };
}

function classDefinition(kid: Kid, decorators: readonly Expr[], at: Range): Stmt {
  const name = kid.kids.find((part) => part.name === "VariableName");
  return {
    kind: "class",
    name: textOf(name),
    nameAt: { from: name?.from ?? at.from, to: name?.to ?? at.to },
    bases: argumentsOf(kid.kids.find((part) => part.name === "ArgList")),
    body: statementsOf(kid.kids.find((part) => part.name === "Body")?.kids ?? []),
    decorators,
    at,
  };
}

function decorated(kid: Kid, at: Range): Stmt {
  const decorators = kid.kids.filter((part) => part.name === "Decorator").map(decoratorExpr);
  const inner = kid.kids.at(-1)?.stmt;
  if (inner?.kind === "function" || inner?.kind === "class") return { ...inner, decorators, at };
  return { kind: "unsupported", construct: "a decorated statement", at };
}

function decoratorExpr(kid: Kid): Expr {
  const list = kid.kids.find((part) => part.name === "ArgList");
  const names = kid.kids.filter((part) => part.expr?.kind === "name");
  const [head, ...rest] = names;
  let callee = exprOf(head);
  for (const part of rest) {
    callee = { kind: "attribute", object: callee, name: textOf(part), at: kid };
  }
  const at = { from: kid.from, to: kid.to };
  return list === undefined ? callee : { kind: "call", callee, args: argumentsOf(list), at };
}
