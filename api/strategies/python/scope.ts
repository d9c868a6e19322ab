/** Names: scopes, imports and what the built-in names stand for. */
import { type Range, refuse } from "./refusal.ts";
import type { Import, ImportFrom } from "./syntax.ts";
import type { Scope, UnknownValue, Value } from "./values.ts";

const BUILTINS: ReadonlySet<string> = new Set([
  "abs",
  "all",
  "any",
  "bool",
  "dict",
  "enumerate",
  "float",
  "format",
  "getattr",
  "hasattr",
  "int",
  "isinstance",
  "len",
  "list",
  "map",
  "max",
  "min",
  "pow",
  "print",
  "property",
  "range",
  "reversed",
  "round",
  "set",
  "sorted",
  "staticmethod",
  "classmethod",
  "str",
  "sum",
  "super",
  "tuple",
  "type",
  "zip",
  "object",
  "Exception",
  "ValueError",
]);

/** The same thing under several import paths: [prefix, canonical prefix], longest first. */
const ALIASES: readonly (readonly [string, string])[] = [
  ["freqtrade.vendor.qtpylib.indicators", "qtpylib"],
  ["technical.vendor.qtpylib.indicators", "qtpylib"],
  ["technical.qtpylib", "qtpylib"],
  ["freqtrade.strategy.interface", "freqtrade.strategy"],
  ["freqtrade.strategy.hyper", "freqtrade.strategy"],
  ["freqtrade.strategy.parameters", "freqtrade.strategy"],
  ["freqtrade.strategy.strategy_helper", "freqtrade.strategy"],
  ["freqtrade.strategy.informative_decorator", "freqtrade.strategy"],
  ["pandas.core.frame", "pandas"],
  ["pandas.core.series", "pandas"],
  ["functools.reduce", "functools.reduce"],
];

export function canonicalPath(path: string): string {
  for (const [prefix, canonical] of ALIASES) {
    if (path === prefix) return canonical;
    if (path.startsWith(`${prefix}.`)) return canonical + path.slice(prefix.length);
  }
  return path;
}

/** What `from freqtrade.strategy import *` brings. */
const STRATEGY_NAMES = [
  "IStrategy",
  "Trade",
  "Order",
  "PairLocks",
  "informative",
  "BooleanParameter",
  "CategoricalParameter",
  "DecimalParameter",
  "IntParameter",
  "RealParameter",
  "timeframe_to_minutes",
  "timeframe_to_next_date",
  "timeframe_to_prev_date",
  "merge_informative_pair",
  "stoploss_from_absolute",
  "stoploss_from_open",
  "AnnotationType",
];

export function childScope(parent: Scope | null): Scope {
  return { names: new Map(), parent };
}

export function lookUpName(scope: Scope, name: string, at: Range): Value {
  for (let level: Scope | null = scope; level !== null; level = level.parent) {
    const found = level.names.get(name);
    if (found !== undefined) return known(found);
  }
  if (BUILTINS.has(name)) return { kind: "external", path: `builtins.${name}` };
  refuse("unknown_name", at, `Unknown name "${name}"`, "Define or import it before it is used");
}

/** Refuses a value that could not be evaluated where it was defined. */
export function known(value: Value): Value {
  if (value.kind !== "unknown") return value;
  refuse(value.code, value.at, value.message, value.hint);
}

export function unknownFrom(
  err: { code: UnknownValue["code"]; at: Range; message: string; hint: string },
): UnknownValue {
  return { kind: "unknown", at: err.at, code: err.code, message: err.message, hint: err.hint };
}

export function runImport(scope: Scope, statement: Import | ImportFrom): void {
  if (statement.kind === "import") {
    for (const { path, as } of statement.names) {
      const [root = path] = path.split(".");
      scope.names.set(as ?? root, { kind: "external", path: canonicalPath(as ? path : root) });
    }
    return;
  }
  for (const { name, as } of statement.names) {
    if (name === "*") {
      importAll(scope, statement);
      continue;
    }
    const path = canonicalPath(`${statement.module}.${name}`);
    scope.names.set(as ?? name, { kind: "external", path });
  }
}

function importAll(scope: Scope, { module, at }: ImportFrom): void {
  if (canonicalPath(module) !== "freqtrade.strategy") {
    refuse(
      "unsupported_statement",
      at,
      `Cannot import every name of "${module}"`,
      "Import the names that are used one by one",
    );
  }
  for (const name of STRATEGY_NAMES) {
    scope.names.set(name, { kind: "external", path: `freqtrade.strategy.${name}` });
  }
}
