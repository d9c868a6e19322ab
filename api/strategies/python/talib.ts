/** `talib.abstract`: which columns and parameters a call feeds, as its Python wrapper decides. */
import {
  findKernel,
  type KernelParameter,
  type KernelRow,
  KERNELS,
} from "../../../core-wasm/mod.ts";
import type { Scalar } from "../../../core-wasm/program.ts";
import { toF64 } from "./casts.ts";
import { readColumn } from "./frames.ts";
import { nearestNames } from "./nearest.ts";
import { type Range, refuse } from "./refusal.ts";
import {
  addKernel,
  type CallArguments,
  columnOf,
  needString,
  raises,
  scalarOf,
  scalarType,
  type Session,
} from "./session.ts";
import {
  type ColumnValue,
  type Dtype,
  type FrameValue,
  isNumber,
  list,
  numberOf,
  typeName,
  type Value,
} from "./values.ts";

/** The frame column behind an input when the call names none. */
const DEFAULT_COLUMNS: Readonly<Record<string, string>> = {
  real: "close",
  real0: "high",
  real1: "low",
};
const PRICE_ARGUMENTS: Readonly<Record<string, string>> = {
  real: "price",
  real0: "price0",
  real1: "price1",
  periods: "periods",
};

export function callTalib(session: Session, name: string, args: CallArguments): Value {
  const row = findKernel(name);
  if (row?.family !== "talib") {
    const message = `Cannot call the TA-Lib function "${name}"`;
    refuse("unsupported_call", args.at, message, hintFor(name));
  }
  remarkIgnored(session, row, args);
  const [first] = args.positional;
  return first?.kind === "frame"
    ? overFrame(session, row, first, args)
    : overColumns(session, row, args);
}

function hintFor(name: string): string {
  const known = KERNELS.filter(({ family }) => family === "talib").map((row) => row.name);
  const near = nearestNames(name, known).map((each) => `ta.${each}`);
  const last = near.pop();
  if (last === undefined) return "docs/indicators.md lists every function there is";
  return `Write ${near.length === 0 ? last : `${near.join(", ")} or ${last}`}`;
}

/** TA-Lib's wrapper drops names it does not know without a word. */
function remarkIgnored(session: Session, row: KernelRow, args: CallArguments): void {
  const known = new Set([
    ...row.parameters.map(({ name }) => name),
    ...row.inputs.flatMap(({ name }) => PRICE_ARGUMENTS[name] ?? []),
  ]);
  for (const name of args.named.keys()) {
    if (known.has(name)) continue;
    session.remarks.push({
      code: "no_effect",
      at: args.at,
      message: `TA-Lib's ${row.name} ignores the argument "${name}"`,
    });
  }
}

function overFrame(
  session: Session,
  row: KernelRow,
  frame: FrameValue,
  args: CallArguments,
): Value {
  const inputs = row.inputs.map(({ name }) => {
    const named = args.named.get(PRICE_ARGUMENTS[name] ?? "");
    const column = named === undefined
      ? DEFAULT_COLUMNS[name] ?? name
      : needString(session, named, args.at);
    return toF64(session, readColumn(frame, column, args.at), args.at);
  });
  checkPrices(row, args);
  const parameters = parametersOf(session, row, args, args.positional.slice(1));
  const outputs = outputsOf(session, { row, inputs, parameters, at: args.at, array: false });
  const [only] = outputs;
  if (outputs.length === 1 && only !== undefined) return only;
  const columns = new Map(
    row.outputs.map(({ name }, i) => [name, outputs[i] ?? only as ColumnValue]),
  );
  return { kind: "frame", columns, series: frame.series, writable: false };
}

/** Leading series and arrays are the inputs in order; the answer is then an array, or a list of them. */
function overColumns(session: Session, row: KernelRow, args: CallArguments): Value {
  const { positional, at } = args;
  const given = positional.findIndex((value) => value.kind !== "column");
  const count = given < 0 ? positional.length : given;
  if (count !== row.inputs.length) {
    raises(
      at,
      `${row.name} needs ${row.inputs.length} price columns, ${count} are given`,
      "Pass the dataframe",
    );
  }
  for (const { name } of row.inputs) {
    const argument = PRICE_ARGUMENTS[name];
    if (argument !== undefined && args.named.has(argument)) {
      raises(at, `"${argument}" names a column of a dataframe, but a column is passed`);
    }
  }
  checkPrices(row, args);
  const inputs = positional.slice(0, count).flatMap((value) => {
    if (value.kind !== "column") return [];
    if (value.array && value.dtype !== "f64") raises(at, "the input array is not of type float64");
    return [toF64(session, value, at)];
  });
  const parameters = parametersOf(session, row, args, positional.slice(count));
  const outputs = outputsOf(session, { row, inputs, parameters, at, array: true });
  const [only] = outputs;
  return outputs.length === 1 && only !== undefined ? only : list(outputs);
}

/** The price list of functions with fixed inputs could be renamed; nobody means to. */
function checkPrices(row: KernelRow, args: CallArguments): void {
  const fixed = row.inputs.some(({ name }) => PRICE_ARGUMENTS[name] === undefined);
  if (fixed && args.named.has("prices")) {
    refuse("unsupported_argument", args.at, `Cannot use "prices" of ${row.name}`, "Remove it");
  }
}

function parametersOf(
  session: Session,
  row: KernelRow,
  args: CallArguments,
  positional: readonly Value[],
): Scalar[] {
  return row.parameters.map((parameter, i) => {
    // A positional value is set after the named ones, so it wins; None means the default.
    const given = [positional[i], args.named.get(parameter.name)].find((value) =>
      value !== undefined && value.kind !== "none"
    );
    if (given === undefined) return { kind: "const", value: parameter.default };
    checkType(row, parameter, given, args.at);
    checkRange(row, parameter, given, args.at);
    return scalarOf(session, given, args.at);
  });
}

function checkType(row: KernelRow, parameter: KernelParameter, value: Value, at: Range): void {
  const type = scalarType(value);
  const real = parameter.type === "real";
  if (real ? type === "float" : type === "int" || type === "bool") return;
  const allowed = `${
    real ? "a float" : "a whole number"
  } from ${parameter.min} to ${parameter.max}`;
  raises(
    at,
    `${row.name} takes ${allowed} for "${parameter.name}", not ${described(value)}`,
    real && type === "int" ? "Write the number with a decimal point" : "",
  );
}

/** The type, and the number where there is one. */
function described(value: Value): string {
  return isNumber(value) ? `the ${typeName(value)} ${numberOf(value)}` : typeName(value);
}

function checkRange(row: KernelRow, parameter: KernelParameter, value: Value, at: Range): void {
  const known = value.kind === "slot" ? value.constant : value;
  if (!isNumber(known)) return;
  const number = numberOf(known);
  if (number >= parameter.min && number <= parameter.max) return;
  raises(
    at,
    `${row.name} takes ${parameter.min} to ${parameter.max} for "${parameter.name}", not ${number}`,
  );
}

const DTYPE_OF: Readonly<Record<string, Dtype>> = { f64: "f64", i32: "i32" };

function outputsOf(
  session: Session,
  use: {
    readonly row: KernelRow;
    readonly inputs: readonly ColumnValue[];
    readonly parameters: readonly Scalar[];
    readonly at: Range;
    readonly array: boolean;
  },
): ColumnValue[] {
  const { row, inputs, parameters, at, array } = use;
  const series = inputs[0]?.series ?? 0;
  const ref = addKernel(session, { kernel: row.name, inputs, parameters, at });
  return row.outputs.map((output, i) =>
    columnOf({ node: ref.node, output: i }, DTYPE_OF[output.type] ?? "f64", { series, array })
  );
}
