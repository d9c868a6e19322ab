/** What a Python expression can be while compiling: known constants, symbols, and columns. */
import type { ColumnRef } from "../../../core-wasm/program.ts";
import type { FunctionDef, Lambda } from "./syntax.ts";
import type { Range } from "./refusal.ts";

export type Constant =
  | { readonly kind: "none" }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "int"; readonly value: number }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "str"; readonly value: string };

/** A hyperopt parameter's value: known now, but bound anew for each run where it only feeds arguments. */
export interface SlotValue {
  readonly kind: "slot";
  readonly parameter: string;
  readonly constant: Constant & { readonly kind: "int" | "float" | "bool" };
}

/** pandas' dtypes, as far as they are told apart; `object` holds NaN, False and True as f64. */
export type Dtype = "f64" | "i64" | "i32" | "bool" | "str" | "time" | "object";

export interface ColumnValue {
  readonly kind: "column";
  readonly ref: ColumnRef;
  readonly dtype: Dtype;
  /** A numpy array; otherwise a pandas series. */
  readonly array: boolean;
  /** Every value is proven to be 0, 1 or null, so it can be a signal. */
  readonly flag: boolean;
  /** The series whose rows it has. */
  readonly series: number;
}

export interface FrameValue {
  readonly kind: "frame";
  readonly columns: Map<string, ColumnValue>;
  readonly series: number;
  /** False for results such as `ta.MACD(...)`, which strategies only read. */
  readonly writable: boolean;
}

export interface ListValue {
  readonly kind: "list" | "tuple";
  readonly items: Value[];
  /** Belongs to the class or the module: a populate method may read it, never change it. */
  shared: boolean;
}
export interface DictValue {
  readonly kind: "dict";
  readonly entries: Map<string, readonly [Value, Value]>;
  shared: boolean;
}
export interface SetValue {
  readonly kind: "set";
  readonly entries: Map<string, Value>;
  shared: boolean;
}
export interface RangeValue {
  readonly kind: "range";
  readonly start: number;
  readonly stop: number;
  readonly step: number;
}

export interface Scope {
  readonly names: Map<string, Value>;
  readonly parent: Scope | null;
}

export interface FunctionValue {
  readonly kind: "function";
  readonly name: string;
  readonly node: FunctionDef | Lambda;
  readonly scope: Scope;
  readonly defaults: ReadonlyMap<string, Value>;
  readonly binding: "plain" | "static" | "class" | "property";
}
export interface BoundMethod {
  readonly kind: "method";
  readonly self: Value;
  readonly callee: FunctionValue;
  /** The class that defines it, where `super()` goes on from. */
  readonly owner: ClassValue;
}
/** A method of a value the compiler models itself: `list.append`, `Series.shift`. */
export interface NativeMethod {
  readonly kind: "native";
  readonly self: Value;
  readonly name: string;
}
/** Something of a library, by its canonical dotted path. */
export interface ExternalValue {
  readonly kind: "external";
  readonly path: string;
}
export interface ClassValue {
  readonly kind: "class";
  readonly name: string;
  /** Own attributes, in order of definition. */
  readonly attributes: Map<string, Value>;
  /** Method resolution order after this class; external bases by path. */
  readonly bases: readonly (ClassValue | ExternalValue)[];
  readonly at: Range;
}
export interface InstanceValue {
  readonly kind: "instance";
  readonly of: ClassValue;
  /** What `super()` answers: attributes are looked up from here on. */
  readonly from?: ClassValue;
}
export interface ParameterValue {
  readonly kind: "parameter";
  readonly spec: ParameterSpec;
}
/** `frame.loc`, `frame.iloc`, `column.dt` and their like. */
export interface AccessorValue {
  readonly kind: "accessor";
  readonly owner: FrameValue | ColumnValue;
  readonly name: string;
}
export interface WindowValue {
  readonly kind: "window";
  readonly column: ColumnValue;
  readonly window: Value;
  readonly minPeriods: number;
}
export interface SliceValue {
  readonly kind: "slice";
  readonly start: Value;
  readonly stop: Value;
  readonly step: Value;
}
/** Could not be evaluated; using it is what is refused. */
export interface UnknownValue {
  readonly kind: "unknown";
  readonly at: Range;
  readonly code: import("./refusal.ts").RefusalCode;
  readonly message: string;
  readonly hint: string;
}

export type Value =
  | Constant
  | SlotValue
  | ColumnValue
  | FrameValue
  | ListValue
  | DictValue
  | SetValue
  | RangeValue
  | FunctionValue
  | BoundMethod
  | NativeMethod
  | ExternalValue
  | ClassValue
  | InstanceValue
  | ParameterValue
  | AccessorValue
  | WindowValue
  | SliceValue
  | UnknownValue;

export type ParameterClass = "int" | "decimal" | "real" | "categorical" | "boolean";

export interface ParameterSpec {
  readonly type: ParameterClass;
  readonly low: number | null;
  readonly high: number | null;
  readonly decimals: number | null;
  readonly categories: readonly Value[] | null;
  readonly default: Value;
  readonly space: string | null;
  readonly optimize: boolean;
  readonly load: boolean;
  readonly at: Range;
}

export const NONE: Constant = { kind: "none" };
export function int(value: number): Constant & { kind: "int" } {
  return { kind: "int", value };
}
export function float(value: number): Constant & { kind: "float" } {
  return { kind: "float", value };
}
export function str(value: string): Constant & { kind: "str" } {
  return { kind: "str", value };
}
export function bool(value: boolean): Constant & { kind: "bool" } {
  return { kind: "bool", value };
}

export function list(items: Value[]): ListValue {
  return { kind: "list", items, shared: false };
}
export function tuple(items: Value[]): ListValue {
  return { kind: "tuple", items, shared: false };
}

export function isNumber(value: Value): value is Constant & { kind: "int" | "float" | "bool" } {
  return value.kind === "int" || value.kind === "float" || value.kind === "bool";
}

export function numberOf(value: Constant & { kind: "int" | "float" | "bool" }): number {
  return value.kind === "bool" ? Number(value.value) : value.value;
}

/** Python's name for the type of a value, for messages. */
export function typeName(value: Value): string {
  switch (value.kind) {
    case "none":
      return "None";
    case "slot":
      return value.constant.kind;
    case "column":
      return value.array ? "array" : "column";
    case "frame":
      return "dataframe";
    case "external":
      return value.path;
    case "native":
      return `method "${value.name}"`;
    case "accessor":
      return `".${value.name}"`;
    case "class":
      return `class "${value.name}"`;
    case "instance":
      return `instance of "${value.of.name}"`;
    default:
      return value.kind;
  }
}

/** A dictionary key; equal numbers are one key whatever their type, as in Python. Null: unhashable. */
export function keyOf(value: Value): string | null {
  switch (value.kind) {
    case "none":
      return "none";
    case "bool":
    case "int":
    case "float":
      return `n:${numberOf(value)}`;
    case "slot":
      return keyOf(value.constant);
    case "str":
      return `s:${value.value}`;
    case "tuple": {
      const keys = value.items.map(keyOf);
      return keys.includes(null) ? null : `t:${JSON.stringify(keys)}`;
    }
    case "external":
      return `e:${value.path}`;
    default:
      return null;
  }
}

export function dict(pairs: Iterable<readonly [Value, Value]> = []): DictValue {
  const entries = new Map<string, readonly [Value, Value]>();
  for (const [key, value] of pairs) entries.set(keyOf(key) ?? "", [key, value]);
  return { kind: "dict", entries, shared: false };
}

export function lookUp(dictionary: DictValue, name: string): Value | undefined {
  return dictionary.entries.get(`s:${name}`)?.[1];
}

/**
 * Marks containers reached from a class or module as not to be changed while lowering, also those
 * that functions keep as defaults or close over.
 */
export function share(value: Value): void {
  const pending: Value[] = [value];
  const scopes = new Set<Scope>();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    switch (next.kind) {
      case "list":
      case "tuple":
      case "set":
      case "dict":
        if (next.shared) break;
        next.shared = true;
        pending.push(...held(next));
        break;
      case "function":
        pending.push(...next.defaults.values());
        for (let scope: Scope | null = next.scope; scope !== null; scope = scope.parent) {
          if (scopes.has(scope)) break;
          scopes.add(scope);
          pending.push(...scope.names.values());
        }
        break;
    }
  }
}

function held(container: ListValue | DictValue | SetValue): Iterable<Value> {
  switch (container.kind) {
    case "list":
    case "tuple":
      return container.items;
    case "set":
      return container.entries.values();
    case "dict":
      return [...container.entries.values()].map(([, value]) => value);
  }
}
