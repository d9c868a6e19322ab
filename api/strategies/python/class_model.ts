/** Runs a module's and its classes' own statements, tolerantly: what cannot be known is refused on use. */
import { evaluate } from "./evaluate.ts";
import { defineFunction, runStatement } from "./execute.ts";
import { isStrategy } from "./classes.ts";
import { RefusalError, refuse } from "./refusal.ts";
import { canonicalPath, childScope, unknownFrom } from "./scope.ts";
import type { Session } from "./session.ts";
import type { ClassDef, Expr, FunctionDef, Module, Stmt } from "./syntax.ts";
import { type ClassValue, type Scope, share, str, type Value } from "./values.ts";

export interface ModuleModel {
  readonly strategies: readonly ClassValue[];
  /** What of the module's own statements has no meaning here; every class is refused for it. */
  readonly problems: readonly RefusalError[];
  /** The same per class. */
  readonly classProblems: ReadonlyMap<ClassValue, readonly RefusalError[]>;
}

export function loadModule(session: Session, module: Module): ModuleModel {
  const scope = childScope(null);
  scope.names.set("__name__", str("strategy"));
  const problems: RefusalError[] = [];
  const classProblems = new Map<ClassValue, RefusalError[]>();
  const classes: ClassValue[] = [];
  for (const statement of module.body) {
    tolerate(scope, statement, problems, () => {
      if (statement.kind !== "class") return runModuleStatement(session, scope, statement);
      const own: RefusalError[] = [];
      const defined = defineClass(session, scope, statement, own);
      scope.names.set(statement.name, defined);
      classes.push(defined);
      classProblems.set(defined, own);
    });
  }
  for (const value of scope.names.values()) share(value);
  return { strategies: classes.filter(isStrategy), problems, classProblems };
}

/** Runs one statement; what it would have assigned becomes unknown when it cannot be run. */
function tolerate(
  scope: Scope,
  statement: Stmt,
  problems: RefusalError[],
  run: () => void,
): void {
  try {
    run();
  } catch (err) {
    if (!(err instanceof RefusalError) || err.code === "budget_exceeded") throw err;
    const names = assignedNames([statement]);
    for (const name of names) scope.names.set(name, unknownFrom(err));
    const deferred = statement.kind === "assign" || statement.kind === "annotated" ||
      statement.kind === "function" && statement.decorators.length === 0;
    if (!deferred) problems.push(err);
  }
}

/** Calls that change nothing a strategy can see. */
const HARMLESS =
  /^(warnings|logging|gc|locale|sys\.path|pandas\.(set_option|options)|numpy\.(seterr|warnings|set_printoptions)|builtins\.print)\b/;

function runModuleStatement(session: Session, scope: Scope, statement: Stmt): void {
  if (statement.kind === "try") {
    const imports = statement.body.every(({ kind }) => kind === "import" || kind === "import_from");
    if (!imports) {
      refuse("unsupported_statement", statement.at, "Cannot use try at the module's top");
    }
    for (const inner of statement.body) runStatement(session, scope, inner);
    return;
  }
  if (statement.kind === "expression" && isHarmless(scope, statement.value)) return;
  runStatement(session, scope, statement);
}

function isHarmless(scope: Scope, expr: Expr): boolean {
  if (expr.kind !== "call") return false;
  const path = dottedPath(scope, expr.callee);
  return path !== null && HARMLESS.test(path);
}

function dottedPath(scope: Scope, expr: Expr): string | null {
  if (expr.kind === "attribute") {
    const owner = dottedPath(scope, expr.object);
    return owner === null ? null : canonicalPath(`${owner}.${expr.name}`);
  }
  if (expr.kind === "call") {
    const callee = dottedPath(scope, expr.callee);
    return callee === null ? null : `${callee}()`;
  }
  if (expr.kind !== "name") return null;
  const value = scope.names.get(expr.name);
  if (value === undefined) return `builtins.${expr.name}`;
  return value.kind === "external" ? value.path : null;
}

function defineClass(
  session: Session,
  scope: Scope,
  node: ClassDef,
  problems: RefusalError[],
): ClassValue {
  const [decorator] = node.decorators;
  if (decorator !== undefined) {
    refuse("unsupported_decorator", decorator.at, `Cannot use this decorator on "${node.name}"`);
  }
  const bases = node.bases.map(({ keyword, star, value }) => {
    const base = evaluate(session, scope, value);
    if (keyword === null && star === "" && (base.kind === "class" || base.kind === "external")) {
      return base;
    }
    refuse("unsupported_base", value.at, `Cannot derive "${node.name}" from this`);
  });
  const body = childScope(scope);
  for (const statement of node.body) {
    tolerate(body, statement, problems, () => {
      if (statement.kind === "class") {
        refuse("unsupported_statement", statement.nameAt, "Cannot use a nested class");
      }
      if (statement.kind === "function") {
        body.names.set(statement.name, methodOf(session, scope, body, statement));
      } else runStatement(session, body, statement);
    });
  }
  // Nested classes describe search spaces to the optimiser; nothing else reads them.
  const nested = new Set(
    node.body.flatMap((statement) => statement.kind === "class" ? [statement.nameAt] : []),
  );
  const kept = problems.filter((problem) => !nested.has(problem.at));
  problems.splice(0, problems.length, ...kept);
  for (const value of body.names.values()) share(value);
  return { kind: "class", name: node.name, attributes: body.names, bases, at: node.nameAt };
}

/** A method sees the module's names, not those of the class; its defaults see both. */
function methodOf(session: Session, scope: Scope, body: Scope, node: FunctionDef): Value {
  return { ...defineFunction(session, body, node), scope };
}

export function assignedNames(statements: readonly Stmt[]): string[] {
  const names: string[] = [];
  const pending: Stmt[] = [...statements];
  const collect = (target: Expr) => {
    if (target.kind === "name") names.push(target.name);
    else if (target.kind === "tuple" || target.kind === "list") target.items.forEach(collect);
  };
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    switch (next.kind) {
      case "assign":
        next.targets.forEach(collect);
        break;
      case "annotated":
      case "augmented":
        collect(next.target);
        break;
      case "function":
      case "class":
        names.push(next.name);
        break;
      case "if":
        pending.push(...next.otherwise, ...next.branches.flatMap(({ body }) => body));
        break;
      case "for":
        collect(next.target);
        pending.push(...next.body, ...next.otherwise);
        break;
      case "while":
        pending.push(...next.body, ...next.otherwise);
        break;
      case "try":
        pending.push(...next.body);
        break;
    }
  }
  return names;
}
