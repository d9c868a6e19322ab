/** Expressions of the concrete tree. */
import { namesCharacter, parseNumber, stringShape, unescapeString } from "./literals.ts";
import { type Range, refuse } from "./refusal.ts";
import type {
  Argument,
  BinaryOperator,
  CompareOperator,
  ComprehensionClause,
  Constant,
  Expr,
  FormattedPart,
  FormattedString,
  Parameter,
} from "./syntax.ts";
import type { Kid } from "./kid.ts";

/** Null when the node is no expression. */
export function buildExpression(kid: Kid, source: string): Expr | null {
  const at: Range = { from: kid.from, to: kid.to };
  switch (kid.name) {
    case "VariableName":
    case "PropertyName":
      return { kind: "name", name: kid.text, at };
    case "Boolean":
      return { kind: "constant", value: kid.text === "True", at };
    case "None":
      return { kind: "constant", value: null, at };
    case "Ellipsis":
    case "YieldExpression":
    case "AwaitExpression":
      return { kind: "unsupported", construct: kid.name, at };
    case "Number":
      return numberLiteral(source.slice(kid.from, kid.to), at);
    case "String":
      return plainString(source.slice(kid.from, kid.to), at);
    case "FormatString":
      return formattedString(kid, source);
    case "ContinuedString":
      return joinStrings(kid.kids.map(exprOf), at);
    case "ParenthesizedExpression":
      return kid.kids.find((part) => part.expr !== null)?.expr ?? null;
    case "TupleExpression":
    case "ArrayExpression":
    case "SetExpression":
      return sequence(kid, at);
    case "DictionaryExpression":
      return dictLiteral(kid, at);
    case "ArrayComprehensionExpression":
    case "SetComprehensionExpression":
    case "DictionaryComprehensionExpression":
    case "ComprehensionExpression":
      return comprehension(kid, at);
    case "UnaryExpression":
      return unary(kid, at);
    case "BinaryExpression":
      return binary(kid, at);
    case "ConditionalExpression":
      return {
        kind: "conditional",
        then: exprOf(kid.kids[0]),
        test: exprOf(kid.kids[2]),
        otherwise: exprOf(kid.kids[4]),
        at,
      };
    case "LambdaExpression":
      return {
        kind: "lambda",
        parameters: parametersOf(kid.kids.find((part) => part.name === "ParamList")),
        body: exprOf(kid.kids.at(-1)),
        at,
      };
    case "CallExpression":
      return { kind: "call", callee: exprOf(kid.kids[0]), args: argumentsOf(kid.kids[1]), at };
    case "MemberExpression":
      return member(kid, at);
    case "NamedExpression":
      return { kind: "named", name: kid.kids[0]?.text ?? "", value: exprOf(kid.kids[2]), at };
    default:
      return null;
  }
}

export function exprOf(kid: Kid | undefined): Expr {
  if (kid?.expr) return kid.expr;
  refuse(
    "syntax_error",
    kid ?? { from: 0, to: 0 },
    "Cannot parse: an expression is missing here",
  );
}

/** Comma separated expressions, as a tuple unless there is exactly one without a comma. */
export function expressionList(kids: readonly Kid[]): Expr {
  const items = itemsOf(kids);
  const [first] = items;
  if (first !== undefined && items.length === 1 && !kids.some((kid) => kid.name === ",")) {
    return first;
  }
  const from = kids[0]?.from ?? 0;
  return { kind: "tuple", items, at: { from, to: kids.at(-1)?.to ?? from } };
}

function itemsOf(kids: readonly Kid[]): Expr[] {
  const items: Expr[] = [];
  for (const [i, kid] of kids.entries()) {
    if (kid.expr === null) continue;
    const star = kids[i - 1];
    items.push(
      star?.name === "*"
        ? { kind: "starred", value: kid.expr, at: { from: star.from, to: kid.to } }
        : kid.expr,
    );
  }
  return items;
}

/** Groups between tokens of the name `separator`. */
export function splitBy(kids: readonly Kid[], separator: string): Kid[][] {
  const groups: Kid[][] = [[]];
  for (const kid of kids) {
    if (kid.name === separator) groups.push([]);
    else groups.at(-1)?.push(kid);
  }
  return groups;
}

function numberLiteral(text: string, at: Range): Expr {
  const parsed = parseNumber(text);
  if (typeof parsed === "string") return { kind: "unsupported", construct: parsed, at };
  return { kind: "number", ...parsed, at };
}

function plainString(literal: string, at: Range): Expr {
  const shape = stringShape(literal);
  if (shape.bytes) return { kind: "unsupported", construct: "a byte string", at };
  const content = literal.slice(shape.start, shape.end);
  if (namesCharacter(content, shape.raw)) {
    return { kind: "unsupported", construct: "a named character", at };
  }
  return { kind: "constant", value: unescapeString(content, shape.raw, at), at };
}

function joinStrings(parts: readonly Expr[], at: Range): Expr {
  const all: (string | FormattedPart)[] = [];
  for (const part of parts) {
    if (part.kind === "fstring") all.push(...part.parts);
    else if (part.kind === "constant" && typeof part.value === "string") all.push(part.value);
    else return { kind: "unsupported", construct: "a byte string", at };
  }
  if (all.every((part) => typeof part === "string")) {
    return { kind: "constant", value: all.join(""), at } satisfies Constant;
  }
  return { kind: "fstring", parts: all, at };
}

function formattedString(kid: Kid, source: string): Expr {
  const at = { from: kid.from, to: kid.to };
  const shape = stringShape(source.slice(kid.from, kid.to));
  const parts = formattedParts(kid.kids, {
    from: kid.from + shape.start,
    to: kid.from + shape.end,
  }, { source, raw: shape.raw });
  return { kind: "fstring", parts, at } satisfies FormattedString;
}

interface FormatText {
  readonly source: string;
  readonly raw: boolean;
}

function formattedParts(
  kids: readonly Kid[],
  within: Range,
  text: FormatText,
): (string | FormattedPart)[] {
  const parts: (string | FormattedPart)[] = [];
  let at = within.from;
  const literal = (to: number) => {
    if (to <= at) return;
    if (namesCharacter(text.source.slice(at, to), text.raw)) {
      parts.push(unsupportedPart("a named character", { from: at, to }));
      return;
    }
    const plain = text.source.slice(at, to).replaceAll("{{", "{").replaceAll("}}", "}");
    parts.push(unescapeString(plain, text.raw, { from: at, to }));
  };
  for (const kid of kids) {
    if (kid.name !== "FormatReplacement") continue;
    literal(kid.from);
    parts.push(replacement(kid, text));
    at = kid.to;
  }
  literal(within.to);
  return parts;
}

function unsupportedPart(construct: string, { from, to }: Range): FormattedPart {
  return {
    value: { kind: "unsupported", construct, at: { from, to } },
    conversion: "",
    spec: [],
  };
}

function replacement(kid: Kid, text: FormatText): FormattedPart {
  const spec = kid.kids.find((part) => part.name === "FormatSpec");
  const conversion = kid.kids.find((part) => part.name === "FormatConversion");
  if (kid.kids.some((part) => part.name === "FormatSelfDoc")) {
    return unsupportedPart("a self-documenting f-string", kid);
  }
  return {
    value: expressionList(kid.kids.filter((part) => part.expr !== null || part.name === ",")),
    conversion: conversion?.text.slice(1) ?? "",
    spec: spec === undefined
      ? []
      : formattedParts(spec.kids, { from: spec.from + 1, to: spec.to }, text),
  };
}

function sequence(kid: Kid, at: Range): Expr {
  const kind = { TupleExpression: "tuple", ArrayExpression: "list" }[kid.name] ?? "set";
  return { kind: kind as "tuple" | "list" | "set", items: itemsOf(kid.kids), at };
}

function dictLiteral(kid: Kid, at: Range): Expr {
  const entries = splitBy(kid.kids.slice(1, -1), ",").filter((group) => group.length > 0).map(
    (group) => {
      if (group[0]?.name === "**") return { key: null, value: exprOf(group[1]) };
      return { key: exprOf(group[0]), value: exprOf(group[2]) };
    },
  );
  return { kind: "dict", entries, at };
}

const FORMS: Readonly<Record<string, "list" | "set" | "dict">> = {
  ArrayComprehensionExpression: "list",
  SetComprehensionExpression: "set",
  DictionaryComprehensionExpression: "dict",
};

function comprehension(kid: Kid, at: Range): Expr {
  const kids = kid.kids.slice(1, -1);
  const first = kids.findIndex((part) => part.name === "for" || part.name === "async");
  const head = kids.slice(0, first).filter((part) => part.expr !== null);
  const [key, value] = head.map(exprOf);
  return {
    kind: "comprehension",
    form: FORMS[kid.name] ?? "generator",
    key: value === undefined ? null : key ?? null,
    element: value ?? exprOf(head[0]),
    clauses: clausesOf(kids.slice(first)),
    at,
  };
}

/** `for target in iterable if condition …`, repeated. */
export function clausesOf(kids: readonly Kid[]): ComprehensionClause[] {
  const clauses: ComprehensionClause[] = [];
  let conditions: Expr[] = [];
  for (let i = 0; i < kids.length; i++) {
    const kid = kids[i];
    if (kid?.name === "async") {
      refuse("unsupported_expression", kid, "Cannot use an asynchronous comprehension");
    }
    if (kid?.name === "for") {
      const until = kids.findIndex((part, at) => at > i && part.name === "in");
      conditions = [];
      clauses.push({
        target: expressionList(kids.slice(i + 1, until)),
        iterable: exprOf(kids[until + 1]),
        conditions,
      });
      i = until + 1;
    } else if (kid?.name === "if") {
      conditions.push(exprOf(kids[++i]));
    }
  }
  return clauses;
}

function unary(kid: Kid, at: Range): Expr {
  const operator = kid.kids[0]?.text;
  if (operator !== "-" && operator !== "+" && operator !== "~") {
    return { kind: "unsupported", construct: `the operator "${operator}"`, at };
  }
  return { kind: "unary", operator, operand: exprOf(kid.kids[1]), at };
}

const COMPARISONS = new Set(["<", "<=", ">", ">=", "==", "!=", "in", "not in", "is", "is not"]);

function binary(kid: Kid, at: Range): Expr {
  const [leftKid] = kid.kids;
  const left = exprOf(leftKid);
  const right = exprOf(kid.kids.at(-1));
  const bare = kid.kids.find((part) => part.chain !== null);
  if (bare !== undefined) {
    refuse("syntax_error", bare, "Cannot parse: unexpected operand", "Put it in parentheses");
  }
  const operator = kid.kids.slice(1, -1).map((part) => part.text).join(" ");
  // A parenthesised operand is built under its own node's name, so it never joins a chain.
  const chained = leftKid?.name === "BinaryExpression";
  if (COMPARISONS.has(operator)) {
    const link = { operator: operator as CompareOperator, right };
    return chained && left.kind === "compare"
      ? { kind: "compare", left: left.left, rest: [...left.rest, link], at }
      : { kind: "compare", left, rest: [link], at };
  }
  return { kind: "binary", operator: operator as BinaryOperator, left, right, at };
}

export function parametersOf(list: Kid | undefined): Parameter[] {
  const parameters: Parameter[] = [];
  let keywordOnly = false;
  for (const group of splitBy(list?.kids ?? [], ",")) {
    const parts = group.filter((part) => part.name !== "(" && part.name !== ")");
    const [head] = parts;
    if (head === undefined) continue;
    if (head.name === "/") continue;
    const star = head.name === "*" || head.name === "**" ? head.name : "";
    const name = parts.find((part) => part.name === "VariableName")?.text;
    const equals = parts.findIndex((part) => part.name === "AssignOp");
    if (name !== undefined) {
      parameters.push({
        name,
        star,
        keywordOnly,
        default: equals < 0 ? null : exprOf(parts[equals + 1]),
      });
    }
    if (star === "*") keywordOnly = true;
  }
  return parameters;
}

export function argumentsOf(list: Kid | undefined): Argument[] {
  const kids = list?.kids ?? [];
  const first = kids.findIndex((kid) => kid.name === "for");
  if (list !== undefined && first > 0) {
    const element = exprOf(kids[first - 1]);
    const clauses = clausesOf(kids.slice(first, -1));
    return [{
      keyword: null,
      star: "",
      value: { kind: "comprehension", form: "generator", key: null, element, clauses, at: list },
    }];
  }
  return splitBy(kids, ",").flatMap((group): Argument[] => {
    const parts = group.filter((part) => part.name !== "(" && part.name !== ")");
    const [head] = parts;
    if (head === undefined) return [];
    if (head.name === "*" || head.name === "**") {
      return [{ keyword: null, star: head.name, value: exprOf(parts[1]) }];
    }
    if (parts[1]?.name === "AssignOp" && parts[1].text === "=") {
      return [{ keyword: head.text || nameOf(head), star: "", value: exprOf(parts[2]) }];
    }
    if (parts[1]?.name === "AssignOp") {
      const named = { kind: "named" as const, name: nameOf(head), value: exprOf(parts[2]) };
      return [{
        keyword: null,
        star: "",
        value: { ...named, at: { from: head.from, to: head.to } },
      }];
    }
    return [{ keyword: null, star: "", value: exprOf(head) }];
  });
}

function nameOf(kid: Kid): string {
  return kid.expr?.kind === "name" ? kid.expr.name : "";
}

function member(kid: Kid, at: Range): Expr {
  const object = exprOf(kid.kids[0]);
  if (kid.kids[1]?.name === ".") {
    return { kind: "attribute", object, name: kid.kids[2]?.text ?? "", at };
  }
  const inner = kid.kids.slice(2, -1);
  const groups = splitBy(inner, ",");
  const items = groups.filter((group) => group.length > 0).map(subscriptItem);
  const [first] = items;
  const index: Expr = first !== undefined && groups.length === 1 ? first : {
    kind: "tuple",
    items,
    at: { from: inner[0]?.from ?? at.from, to: inner.at(-1)?.to ?? at.to },
  };
  return { kind: "subscript", object, index, at };
}

function subscriptItem(group: readonly Kid[]): Expr {
  if (!group.some((part) => part.name === ":")) return expressionList(group);
  const [start, stop, step] = splitBy(group, ":").map((part) => part[0]?.expr ?? null);
  const at = { from: group[0]?.from ?? 0, to: group.at(-1)?.to ?? 0 };
  return { kind: "slice", start: start ?? null, stop: stop ?? null, step: step ?? null, at };
}
