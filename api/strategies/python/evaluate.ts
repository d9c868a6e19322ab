/** Evaluates expressions to values; statements and calls of functions are in execute.ts. */
import { attributeOf } from "./attributes_of.ts";
import { columnBinary, columnCompare, columnUnary, isColumnar } from "./column_operators.ts";
import { formatValue } from "./format.ts";
import { binaryConstant, compareConstants, truth, unaryConstant } from "./operators.ts";
import { iterate } from "./iterate.ts";
import { type Range, refuse } from "./refusal.ts";
import { childScope, lookUpName } from "./scope.ts";
import { type CallArguments, needString, pin, raises, type Session } from "./session.ts";
import { subscriptOf } from "./subscript.ts";
import { superOf } from "./super_of.ts";
import type {
  Argument,
  Binary,
  Call,
  Compare,
  Comprehension,
  DictLiteral,
  Expr,
  FormattedPart,
} from "./syntax.ts";
import {
  bool,
  dict,
  type DictValue,
  float,
  int,
  keyOf,
  list,
  NONE,
  type Scope,
  str,
  tuple,
  type Value,
} from "./values.ts";

export function evaluate(session: Session, scope: Scope, expr: Expr): Value {
  session.budget.step(expr.at);
  return session.budget.nested(expr.at, () => evaluateHere(session, scope, expr));
}

function evaluateHere(session: Session, scope: Scope, expr: Expr): Value {
  const sub = (inner: Expr) => evaluate(session, scope, inner);
  switch (expr.kind) {
    case "name":
      return lookUpName(scope, expr.name, expr.at);
    case "constant":
      if (expr.value === null) return NONE;
      return typeof expr.value === "string" ? str(expr.value) : bool(expr.value);
    case "number":
      return expr.isInt ? int(expr.value) : float(expr.value);
    case "fstring":
      return str(formatted(session, scope, expr.parts, expr.at));
    case "unary":
      return unary(session, expr.operator, sub(expr.operand), expr.at);
    case "binary":
      return binaryChain(session, scope, expr);
    case "boolop":
      return boolOp(session, scope, expr.operator, expr.values);
    case "compare":
      return compare(session, scope, expr);
    case "conditional":
      return truth(pin(session, sub(expr.test)), expr.test.at)
        ? sub(expr.then)
        : sub(expr.otherwise);
    case "lambda":
      return {
        kind: "function",
        name: "lambda",
        node: expr,
        scope,
        defaults: new Map(
          expr.parameters.flatMap((p) => p.default === null ? [] : [[p.name, sub(p.default)]]),
        ),
        binding: "plain",
      };
    case "call":
      return evaluateCall(session, scope, expr);
    case "attribute":
      return attributeOf(session, sub(expr.object), expr.name, expr.at);
    case "subscript":
      return subscriptOf(session, sub(expr.object), sub(expr.index), expr.at);
    case "slice": {
      const part = (inner: Expr | null) => inner === null ? NONE : sub(inner);
      return {
        kind: "slice",
        start: part(expr.start),
        stop: part(expr.stop),
        step: part(expr.step),
      };
    }
    case "tuple":
    case "list":
    case "set":
      return sequence(session, scope, expr.kind, expr.items);
    case "dict":
      return dictOf(session, scope, expr);
    case "comprehension":
      return comprehension(session, scope, expr);
    case "named": {
      const value = sub(expr.value);
      scope.names.set(expr.name, value);
      return value;
    }
    case "starred":
      refuse("unsupported_expression", expr.at, 'Cannot use "*" here');
      break;
    case "unsupported":
      refuse("unsupported_expression", expr.at, `Cannot use ${expr.construct}`);
  }
}

function unary(session: Session, operator: "-" | "+" | "~" | "not", value: Value, at: Range) {
  if (operator === "not") return bool(!truth(pin(session, value), at));
  if (isColumnar(value)) return columnUnary(session, operator, value, at);
  return unaryConstant(operator, pin(session, value), at);
}

/** Walks down the left operands instead of recursing: generated conditions are hundreds long. */
function binaryChain(session: Session, scope: Scope, expr: Binary): Value {
  const chain: Binary[] = [];
  let first: Expr = expr;
  while (first.kind === "binary") {
    chain.push(first);
    first = first.left;
  }
  let value = evaluate(session, scope, first);
  for (const link of chain.reverse()) {
    session.budget.step(link.at);
    value = binaryOf(session, link.operator, value, evaluate(session, scope, link.right), link.at);
  }
  return value;
}

export function binaryOf(
  session: Session,
  operator: Binary["operator"],
  left: Value,
  right: Value,
  at: Range,
): Value {
  if (isColumnar(left) || isColumnar(right)) {
    return columnBinary(session, operator, left, right, at);
  }
  if (operator === "%" && left.kind === "str") {
    refuse("unsupported_expression", at, 'Cannot format with "%"', "Use an f-string");
  }
  const result = binaryConstant(operator, pin(session, left), pin(session, right), at);
  session.budget.allocate(sizeOf(result), at);
  return result;
}

function sizeOf(value: Value): number {
  if (value.kind === "str") return 1 + value.value.length / 16;
  return value.kind === "list" || value.kind === "tuple" ? 1 + value.items.length : 1;
}

function boolOp(
  session: Session,
  scope: Scope,
  operator: "and" | "or",
  operands: readonly Expr[],
): Value {
  let value: Value = NONE;
  for (const operand of operands) {
    value = pin(session, evaluate(session, scope, operand));
    if (isColumnar(value)) {
      raises(
        operand.at,
        `the truth of a column is ambiguous with "${operator}"`,
        `Use "${operator === "and" ? "&" : "|"}" with parentheses`,
      );
    }
    if (truth(value, operand.at) === (operator === "or")) return value;
  }
  return value;
}

function compare(session: Session, scope: Scope, expr: Compare): Value {
  let left = evaluate(session, scope, expr.left);
  for (const { operator, right: next } of expr.rest) {
    const right = evaluate(session, scope, next);
    if ((isColumnar(left) || isColumnar(right)) && !/in|is/.test(operator)) {
      if (expr.rest.length > 1) {
        raises(
          expr.at,
          "a chained comparison asks for the truth of a column",
          'Write two comparisons joined by "&"',
        );
      }
      return columnCompare(session, operator, left, right, expr.at);
    }
    if (!compareConstants(operator, pin(session, left), pin(session, right), expr.at)) {
      return bool(false);
    }
    left = right;
  }
  return bool(true);
}

function formatted(
  session: Session,
  scope: Scope,
  parts: readonly (string | FormattedPart)[],
  at: Range,
): string {
  const text = parts.map((part) => {
    if (typeof part === "string") return part;
    const value = pin(session, evaluate(session, scope, part.value));
    const spec = formatted(session, scope, part.spec, at);
    return formatValue(value, part.conversion, spec, part.value.at);
  }).join("");
  session.budget.allocate(1 + text.length / 16, at);
  return text;
}

function sequence(
  session: Session,
  scope: Scope,
  kind: "tuple" | "list" | "set",
  exprs: readonly Expr[],
): Value {
  const items: Value[] = [];
  for (const expr of exprs) {
    if (expr.kind === "starred") {
      items.push(...iterate(session, evaluate(session, scope, expr.value), expr.at));
    } else items.push(evaluate(session, scope, expr));
    session.budget.allocate(1, expr.at);
  }
  if (kind === "set") return setOf(session, items, exprs[0]?.at ?? { from: 0, to: 0 });
  return kind === "list" ? list(items) : tuple(items);
}

function setOf(session: Session, items: readonly Value[], at: Range): Value {
  const entries = new Map<string, Value>();
  for (const item of items) entries.set(hashed(session, item, at), item);
  return { kind: "set", entries, shared: false };
}

export function hashed(session: Session, value: Value, at: Range): string {
  return keyOf(pin(session, value)) ?? raises(at, "the value is unhashable");
}

function dictOf(session: Session, scope: Scope, expr: DictLiteral): Value {
  const result: DictValue = dict();
  for (const { key, value } of expr.entries) {
    const held = evaluate(session, scope, value);
    session.budget.allocate(1, expr.at);
    if (key === null) {
      if (held.kind !== "dict") raises(value.at, '"**" needs a dictionary');
      for (const [name, entry] of held.entries) result.entries.set(name, entry);
      continue;
    }
    const known = pin(session, evaluate(session, scope, key));
    result.entries.set(hashed(session, known, key.at), [known, held]);
  }
  return result;
}

function comprehension(session: Session, scope: Scope, expr: Comprehension): Value {
  const inner = childScope(scope);
  const items: Value[] = [];
  const pairs = dict();
  const run = (depth: number): void => {
    const clause = expr.clauses[depth];
    if (clause === undefined) {
      session.budget.allocate(1, expr.at);
      const element = evaluate(session, inner, expr.element);
      if (expr.key === null) return void items.push(element);
      const key = pin(session, evaluate(session, inner, expr.key));
      pairs.entries.set(hashed(session, key, expr.at), [key, element]);
      return;
    }
    const source = evaluate(session, depth === 0 ? scope : inner, clause.iterable);
    for (const item of iterate(session, source, clause.iterable.at)) {
      bindTarget(session, inner, clause.target, item);
      const kept = clause.conditions.every((condition) =>
        truth(pin(session, evaluate(session, inner, condition)), condition.at)
      );
      if (kept) run(depth + 1);
    }
  };
  run(0);
  if (expr.form === "dict") return pairs;
  return expr.form === "set" ? setOf(session, items, expr.at) : list(items);
}

/** Binds names, also nested in tuples; other targets are statements' business. */
export function bindTarget(session: Session, scope: Scope, target: Expr, value: Value): void {
  if (target.kind === "name") return void scope.names.set(target.name, value);
  if (target.kind !== "tuple" && target.kind !== "list") {
    refuse("unsupported_statement", target.at, "Cannot assign to this in a loop");
  }
  for (const [part, item] of unpack(session, target.items, value, target.at)) {
    bindTarget(session, scope, part, item);
  }
}

export function unpack(
  session: Session,
  targets: readonly Expr[],
  value: Value,
  at: Range,
): [Expr, Value][] {
  const items = iterate(session, value, at);
  const star = targets.findIndex((target) => target.kind === "starred");
  if (star < 0 ? items.length !== targets.length : items.length < targets.length - 1) {
    raises(at, `${items.length} values for ${targets.length} targets`);
  }
  const tail = targets.length - star - 1;
  return targets.map((target, i): [Expr, Value] => {
    if (star < 0 || i < star) return [target, items[i] ?? NONE];
    if (target.kind === "starred") {
      return [target.value, list(items.slice(star, items.length - tail))];
    }
    return [target, items[items.length - targets.length + i] ?? NONE];
  });
}

function evaluateCall(session: Session, scope: Scope, expr: Call): Value {
  const callee = evaluate(session, scope, expr.callee);
  if (isSilent(callee)) return NONE;
  if (callee.kind === "external" && callee.path === "builtins.super") {
    return superOf(scope, expr.at);
  }
  return session.call(callee, argumentsOf(session, scope, expr.args, expr.at));
}

/** Output that changes nothing: its arguments are not even evaluated. */
function isSilent(callee: Value): boolean {
  if (callee.kind !== "external") return false;
  return callee.path === "builtins.print" ||
    /^logging\.(getLogger\(\)\.)?(debug|info|warning|warn|error|exception|critical|log)$/.test(
      callee.path,
    );
}

function argumentsOf(
  session: Session,
  scope: Scope,
  args: readonly Argument[],
  at: Range,
): CallArguments {
  const positional: Value[] = [];
  const named = new Map<string, Value>();
  for (const { keyword, star, value: expr } of args) {
    const value = evaluate(session, scope, expr);
    if (star === "*") positional.push(...iterate(session, value, expr.at));
    else if (star === "**") {
      if (value.kind !== "dict") raises(expr.at, '"**" needs a dictionary');
      for (const [key, held] of value.entries.values()) {
        named.set(needString(session, key, expr.at), held);
      }
    } else if (keyword === null) positional.push(value);
    else named.set(keyword, value);
  }
  return { positional, named, at };
}
