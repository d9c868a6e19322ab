/** What one compilation carries through the interpreter. */
import type { ColumnRef, Scalar, Span } from "../../../core-wasm/program.ts";
import { kernelRow, type ProgramGraph } from "../ir/graph.ts";
import type { Budget } from "./budget.ts";
import { type LineIndex, type Range, refuse } from "./refusal.ts";
import {
  type ColumnValue,
  type Constant,
  type Dtype,
  isNumber,
  numberOf,
  type ParameterSpec,
  type Scope,
  type SlotValue,
  typeName,
  type Value,
} from "./values.ts";

export interface CallArguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  readonly at: Range;
}

/** A remark that does not refuse: a look-ahead, or where this compiler takes more than freqtrade. */
export interface Remark {
  readonly code: string;
  readonly at: Range;
  readonly message: string;
}

export interface Session {
  readonly budget: Budget;
  readonly lines: LineIndex;
  /** Null while the module and the class are evaluated: no columns exist then. */
  readonly graph: ProgramGraph | null;
  /** The hyperopt parameters' values of this compilation. */
  readonly parameters: ReadonlyMap<string, BoundParameter>;
  /** What freqtrade sets on the strategy object: resolved class attributes. */
  readonly attributes: ReadonlyMap<string, Value>;
  /** Names of parameters whose value shaped the program; they make the variant. */
  readonly pinned: Set<string>;
  /** Configuration keys the source read, with what they answered. */
  readonly configRead: Map<string, unknown>;
  readonly config: Readonly<Record<string, unknown>>;
  readonly pair: string;
  /** Set when the program depends on which pair is traded. */
  readsPair: boolean;
  readonly remarks: Remark[];
  /** The scopes of the functions that are running, outermost first. */
  readonly scopes: Scope[];
  /** Calls any callable value; set by the evaluator, so that libraries need not import it. */
  call(callee: Value, args: CallArguments): Value;
}

export interface BoundParameter {
  readonly name: string;
  readonly spec: ParameterSpec;
  readonly space: string;
  readonly value: Value;
}

/** The value itself; the parameter it came from then shapes the program. */
export function pin(session: Session, value: Value): Value {
  if (value.kind !== "slot") return value;
  session.pinned.add(value.parameter);
  return value.constant;
}

export function graphOf(session: Session, at: Range): ProgramGraph {
  if (session.graph !== null) return session.graph;
  refuse("unsupported_expression", at, "Cannot use columns outside a populate method");
}

export function spanOf(session: Session, at: Range): Span {
  return session.lines.span(at);
}

export interface KernelUse {
  readonly kernel: string;
  readonly inputs: readonly ColumnValue[];
  readonly parameters?: readonly (Scalar | number)[];
  readonly at: Range;
  /** Only for kernels without inputs. */
  readonly series?: number;
}

/** Adds a kernel call; answers the reference to its first output. */
export function addKernel(session: Session, use: KernelUse): ColumnRef {
  const [first] = use.inputs;
  const series = first?.series ?? use.series ?? 0;
  for (const input of use.inputs) {
    if (input.series !== series) {
      refuse(
        "unsupported_operand",
        use.at,
        "Cannot combine columns of different timeframes",
        "Merge the informative columns into the main frame first",
      );
    }
  }
  const parameters = (use.parameters ?? []).map((value): Scalar =>
    typeof value === "number" ? { kind: "const", value } : value
  );
  checkScalars(use, parameters);
  return graphOf(session, use.at).kernel({
    kernel: use.kernel,
    inputs: use.inputs.map((input) => input.ref),
    parameters,
    series,
    span: spanOf(session, use.at),
  });
}

/** A constant that the kernel would refuse when it runs is refused here, with its place. */
function checkScalars({ kernel, at }: KernelUse, scalars: readonly Scalar[]): void {
  for (const [i, { name, type, min, max }] of kernelRow(kernel).parameters.entries()) {
    const scalar = scalars[i];
    if (scalar?.kind !== "const") continue;
    const { value } = scalar;
    const whole = type === "real" || Number.isInteger(value);
    if (whole && !(value < min) && !(value > max)) continue;
    const kind = type === "real" ? "numbers" : "whole numbers";
    const reason = `allowed are ${kind} from ${min} to ${max}`;
    refuse("unsupported_argument", at, `Cannot use ${value} for "${name}" of ${kernel}: ${reason}`);
  }
}

export function columnOf(
  ref: ColumnRef,
  dtype: Dtype,
  like: { readonly series: number; readonly array?: boolean; readonly flag?: boolean },
): ColumnValue {
  return {
    kind: "column",
    ref,
    dtype,
    array: like.array ?? false,
    flag: dtype === "bool" || (like.flag ?? false),
    series: like.series,
  };
}

/** A number as a kernel's argument: a parameter's value stays a slot. */
export function scalarOf(session: Session, value: Value, at: Range): Scalar {
  if (isNumber(value)) return { kind: "const", value: numberOf(value) };
  if (value.kind === "slot") return slotScalar(session, value, at);
  refuseType("a number", value, at);
}

function slotScalar(session: Session, value: SlotValue, at: Range): Scalar {
  const bound = session.parameters.get(value.parameter);
  if (bound === undefined) refuse("unknown_name", at, `Unknown parameter "${value.parameter}"`);
  const { spec } = bound;
  const type = value.constant.kind === "float" ? "real" : value.constant.kind;
  const current = numberOf(value.constant);
  return graphOf(session, at).slot({
    name: value.parameter,
    type,
    space: bound.space,
    low: spec.low ?? Math.min(0, current),
    high: spec.high ?? Math.max(1, current),
    decimals: spec.decimals,
    default: isNumber(spec.default) ? numberOf(spec.default) : current,
  }, current);
}

export function scalarType(value: Value): "int" | "float" | "bool" | null {
  const known = value.kind === "slot" ? value.constant : value;
  return isNumber(known) ? known.kind : null;
}

export function refuseType(expected: string, found: Value, at: Range): never {
  refuse("unsupported_argument", at, `Expected ${expected}, found ${typeName(found)}`);
}

export function needConstant(session: Session, value: Value, at: Range): Constant {
  const known = pin(session, value);
  switch (known.kind) {
    case "none":
    case "bool":
    case "int":
    case "float":
    case "str":
      return known;
    default:
      refuseType("a constant", known, at);
  }
}

export function needString(session: Session, value: Value, at: Range): string {
  const known = needConstant(session, value, at);
  return known.kind === "str" ? known.value : refuseType("a string", known, at);
}

export function needInt(session: Session, value: Value, at: Range): number {
  const known = needConstant(session, value, at);
  if (known.kind === "int" || known.kind === "bool") return numberOf(known);
  refuseType("a whole number", known, at);
}

/** Where the reference itself raises: a program that cannot run is no program. */
export function raises(at: Range, what: string, hint = ""): never {
  refuse("raises", at, `Python raises here: ${what}`, hint);
}
