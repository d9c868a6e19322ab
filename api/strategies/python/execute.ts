/** Runs statements and calls functions. */
import { countReferences } from "./aliases.ts";
import { checkChange, containerMethod } from "./container_methods.ts";
import { columnMethod, frameMethod, windowMethod } from "./column_methods.ts";
import { binaryOf, evaluate, hashed, unpack } from "./evaluate.ts";
import { callExternal } from "./externals.ts";
import { assignColumn, assignLocated } from "./frames.ts";
import { iterate } from "./iterate.ts";
import { truth } from "./operators.ts";
import { type Range, refuse } from "./refusal.ts";
import { runImport } from "./scope.ts";
import { type CallArguments, needInt, needString, pin, raises, type Session } from "./session.ts";
import { RUNNING_CLASS, RUNNING_SELF } from "./super_of.ts";
import type { Augmented, Expr, FunctionDef, Stmt } from "./syntax.ts";
import {
  type BoundMethod,
  type ColumnValue,
  dict,
  type FunctionValue,
  NONE,
  type Scope,
  str,
  tuple,
  typeName,
  type Value,
} from "./values.ts";

export type Outcome =
  | { readonly kind: "next" | "break" | "continue" }
  | { readonly kind: "return"; readonly value: Value };

const NEXT: Outcome = { kind: "next" };

export function runBlock(session: Session, scope: Scope, body: readonly Stmt[]): Outcome {
  for (const statement of body) {
    const outcome = runStatement(session, scope, statement);
    if (outcome.kind !== "next") return outcome;
  }
  return NEXT;
}

export function runStatement(session: Session, scope: Scope, statement: Stmt): Outcome {
  session.budget.step(statement.at);
  switch (statement.kind) {
    case "assign": {
      const value = evaluate(session, scope, statement.value);
      for (const target of statement.targets) assignTo(session, scope, target, value);
      return NEXT;
    }
    case "annotated":
      if (statement.value !== null) {
        assignTo(session, scope, statement.target, evaluate(session, scope, statement.value));
      }
      return NEXT;
    case "augmented":
      augment(session, scope, statement);
      return NEXT;
    case "expression":
      if (statement.value.kind !== "constant") evaluate(session, scope, statement.value);
      return NEXT;
    case "return":
      return {
        kind: "return",
        value: statement.value === null ? NONE : evaluate(session, scope, statement.value),
      };
    case "if": {
      const taken = statement.branches.find(({ test }) =>
        truth(pin(session, evaluate(session, scope, test)), test.at)
      );
      return nestedBlock(session, scope, taken?.body ?? statement.otherwise, statement.at);
    }
    case "for":
      return forLoop(session, scope, statement);
    case "while":
      return whileLoop(session, scope, statement);
    case "pass":
      return NEXT;
    case "break":
    case "continue":
      return { kind: statement.kind };
    case "assert":
      if (!truth(pin(session, evaluate(session, scope, statement.test)), statement.at)) {
        raises(statement.at, "the assertion does not hold");
      }
      return NEXT;
    case "import":
    case "import_from":
      runImport(scope, statement);
      return NEXT;
    case "function":
      scope.names.set(statement.name, defineFunction(session, scope, statement));
      return NEXT;
    case "class":
      refuse("unsupported_statement", statement.nameAt, "Cannot define a class here");
      break;
    case "try":
      refuse(
        "unsupported_statement",
        statement.at,
        "Cannot use try: which part runs would depend on errors",
        "Write the statements without try",
      );
      break;
    case "unsupported":
      refuse("unsupported_statement", statement.at, `Cannot use "${statement.construct}" here`);
  }
}

function nestedBlock(
  session: Session,
  scope: Scope,
  body: readonly Stmt[],
  at: Range,
): Outcome {
  return session.budget.nested(at, () => runBlock(session, scope, body));
}

function forLoop(session: Session, scope: Scope, loop: Stmt & { kind: "for" }): Outcome {
  for (const item of iterate(session, evaluate(session, scope, loop.iterable), loop.iterable.at)) {
    session.budget.step(loop.at);
    assignTo(session, scope, loop.target, item);
    const outcome = nestedBlock(session, scope, loop.body, loop.at);
    if (outcome.kind === "return") return outcome;
    if (outcome.kind === "break") return NEXT;
  }
  return nestedBlock(session, scope, loop.otherwise, loop.at);
}

function whileLoop(session: Session, scope: Scope, loop: Stmt & { kind: "while" }): Outcome {
  while (truth(pin(session, evaluate(session, scope, loop.test)), loop.test.at)) {
    const outcome = nestedBlock(session, scope, loop.body, loop.at);
    if (outcome.kind === "return") return outcome;
    if (outcome.kind === "break") return NEXT;
  }
  return nestedBlock(session, scope, loop.otherwise, loop.at);
}

function augment(session: Session, scope: Scope, statement: Augmented): void {
  const old = evaluate(session, scope, statement.target);
  const added = evaluate(session, scope, statement.value);
  if (old.kind === "list" && statement.operator === "+") {
    checkChange(old, statement.at);
    const items = iterate(session, added, statement.at);
    session.budget.allocate(items.length, statement.at);
    old.items.push(...items);
    return;
  }
  const value = binaryOf(session, statement.operator, old, added, statement.at);
  if (old.kind === "column") checkInPlace(session, old, value, statement);
  assignTo(session, scope, statement.target, value);
}

/** Python changes the object itself: whoever else holds it would see the change. */
function checkInPlace(session: Session, old: ColumnValue, value: Value, at: Augmented): void {
  if (old.array && value.kind === "column" && value.dtype !== old.dtype) {
    raises(at.at, "an array keeps its type when it is changed in place");
  }
  if (countReferences(session, old) <= 1) return;
  refuse(
    "unsupported_statement",
    at.at,
    `Cannot change this column in place: another name or container holds it too`,
    `Write x = x ${at.operator} …`,
  );
}

function assignTo(session: Session, scope: Scope, target: Expr, value: Value): void {
  switch (target.kind) {
    case "name":
      scope.names.set(target.name, value);
      return;
    case "tuple":
    case "list":
      for (const [part, item] of unpack(session, target.items, value, target.at)) {
        assignTo(session, scope, part, item);
      }
      return;
    case "subscript": {
      const object = evaluate(session, scope, target.object);
      assignItem(session, object, evaluate(session, scope, target.index), value, target.at);
      return;
    }
    case "attribute": {
      const object = evaluate(session, scope, target.object);
      if (object.kind === "instance" || object.kind === "class") {
        refuse(
          "state_in_populate",
          target.at,
          `Cannot set "${target.name}" of the strategy here: it would carry over to other pairs`,
          "Use a local variable, or a column of the dataframe",
        );
      }
      refuse(
        "unsupported_statement",
        target.at,
        `Cannot set the attribute "${target.name}" of ${typeName(object)}`,
        object.kind === "frame" ? `Write dataframe["${target.name}"] = …` : "",
      );
      break;
    }
    default:
      refuse("unsupported_statement", target.at, "Cannot assign to this");
  }
}

function assignItem(session: Session, object: Value, index: Value, value: Value, at: Range): void {
  switch (object.kind) {
    case "frame": {
      const key = pin(session, index);
      if (key.kind === "list") {
        refuse("unsupported_statement", at, "Cannot assign several columns at once", "One by one");
      }
      assignColumn(session, object, needString(session, key, at), value, at);
      return;
    }
    case "accessor":
      if (object.name === "loc" && object.owner.kind === "frame") {
        assignLocated(session, object.owner, index, value, at);
        return;
      }
      break;
    case "dict": {
      checkChange(object, at);
      session.budget.allocate(1, at);
      const key = pin(session, index);
      object.entries.set(hashed(session, key, at), [key, value]);
      return;
    }
    case "list": {
      checkChange(object, at);
      const position = needInt(session, index, at);
      const length = object.items.length;
      if (position < -length || position >= length) raises(at, "the index is out of range");
      object.items[position < 0 ? position + length : position] = value;
      return;
    }
  }
  refuse("unsupported_statement", at, `Cannot assign to a part of ${typeName(object)}`);
}

export function defineFunction(
  session: Session,
  scope: Scope,
  node: FunctionDef,
): FunctionValue {
  let binding: FunctionValue["binding"] = "plain";
  for (const decorator of node.decorators) {
    const name = decorator.kind === "name" ? decorator.name : "";
    if (name === "staticmethod") binding = "static";
    else if (name === "classmethod") binding = "class";
    else if (name === "property") binding = "property";
    else {
      refuse(
        "unsupported_decorator",
        decorator.at,
        `Cannot use this decorator on "${node.name}"`,
        "",
      );
    }
  }
  if (node.isAsync) refuse("unsupported_statement", node.nameAt, "Cannot use an async function");
  const defaults = new Map(
    node.parameters.flatMap((parameter): [string, Value][] =>
      parameter.default === null
        ? []
        : [[parameter.name, evaluate(session, scope, parameter.default)]]
    ),
  );
  return { kind: "function", name: node.name, node, scope, defaults, binding };
}

export function callValue(session: Session, callee: Value, args: CallArguments): Value {
  session.budget.step(args.at);
  switch (callee.kind) {
    case "function":
      return session.budget.nested(args.at, () => invoke(session, callee, args, null));
    case "method": {
      const withSelf = { ...args, positional: [callee.self, ...args.positional] };
      return session.budget.nested(
        args.at,
        () => invoke(session, callee.callee, withSelf, callee),
      );
    }
    case "external":
      return callExternal(session, callee.path, args);
    case "native":
      return callNative(session, callee.self, callee.name, args);
    default:
      refuse("unsupported_call", args.at, `Cannot call ${typeName(callee)}`);
  }
}

function callNative(session: Session, self: Value, name: string, args: CallArguments): Value {
  switch (self.kind) {
    case "column":
      return columnMethod(session, self, name, args);
    case "frame":
      return frameMethod(session, self, name, args);
    case "window":
      return windowMethod(session, self, name, args);
    default:
      return containerMethod(session, self, name, args);
  }
}

function invoke(
  session: Session,
  callee: FunctionValue,
  args: CallArguments,
  bound: BoundMethod | null,
): Value {
  const scope: Scope = { names: new Map(), parent: callee.scope };
  if (bound !== null) {
    scope.names.set(RUNNING_SELF, bound.self);
    scope.names.set(RUNNING_CLASS, bound.owner);
  }
  bindCall(scope, callee, args);
  session.scopes.push(scope);
  try {
    const { node } = callee;
    if (node.kind === "lambda") return evaluate(session, scope, node.body);
    const outcome = runBlock(session, scope, node.body);
    return outcome.kind === "return" ? outcome.value : NONE;
  } finally {
    session.scopes.pop();
  }
}

function bindCall(scope: Scope, callee: FunctionValue, args: CallArguments): void {
  const { parameters } = callee.node;
  const named = new Map(args.named);
  let next = 0;
  for (const parameter of parameters) {
    const { name, star } = parameter;
    if (star === "*") {
      scope.names.set(name, tuple(args.positional.slice(next)));
      next = args.positional.length;
    } else if (star === "**") {
      scope.names.set(name, dict([...named].map(([key, value]) => [str(key), value])));
      named.clear();
    } else {
      const positional = parameter.keywordOnly ? undefined : args.positional[next];
      if (positional !== undefined) next++;
      if (positional !== undefined && named.has(name)) {
        raises(args.at, `${callee.name}() gets "${name}" twice`);
      }
      const value = positional ?? named.get(name) ?? callee.defaults.get(name);
      named.delete(name);
      if (value === undefined) raises(args.at, `${callee.name}() needs "${name}"`);
      scope.names.set(name, value);
    }
  }
  if (next < args.positional.length) {
    raises(args.at, `${callee.name}() takes ${parameters.length} arguments`);
  }
  const [unexpected] = named.keys();
  if (unexpected !== undefined) raises(args.at, `${callee.name}() has no "${unexpected}"`);
}
