/** Indicators by name over columns by name: what the API and charts call. */
import { callKernel } from "./call_kernel.ts";
import type { ColumnArray, ColumnType } from "./column.ts";
import type { KernelInput, KernelOutput, KernelParameter, KernelRow } from "./kernel.ts";
import { KernelError } from "./kernel_error.ts";
import { CoreMemory, type PlacedColumn, readCoreModuleSync } from "./memory.ts";
import { findKernel, KERNELS } from "./registry/index.ts";

/** A registry row as plain data. */
export interface IndicatorDescription {
  readonly name: string;
  readonly family: KernelRow["family"];
  readonly group: string;
  readonly inputs: readonly KernelInput[];
  readonly parameters: readonly KernelParameter[];
  readonly outputs: readonly KernelOutput[];
  /** Rows at the start without a value, with default parameters. */
  readonly lookback: number;
  readonly unstable: boolean;
  readonly summary: string;
}

/** A column by value, or one that `loadColumn` already put into the core. */
export type IndicatorInput = ColumnArray | readonly number[] | PlacedColumn;

export interface ComputeOptions {
  /** The core to compute in; needed when an input is a placed column. Default: one of its own. */
  readonly core?: CoreMemory;
  /**
   * `copy` (default): arrays that outlive the core. `view`: arrays over core memory, free, valid
   * until the core allocates again or the scope ends. Both views and placed inputs need `core`.
   */
  readonly as?: "copy" | "view";
  /**
   * What to do when a period exceeds the number of rows: `refuse` (default) or answer `nan` as
   * TA-Lib does.
   */
  readonly short?: "refuse" | "nan";
}

export function listIndicators(): readonly IndicatorDescription[] {
  return KERNELS.map((row) => ({
    name: row.name,
    family: row.family,
    group: row.group,
    inputs: row.inputs,
    parameters: row.parameters,
    outputs: row.outputs,
    lookback: row.lookback(row.parameters.map((parameter) => parameter.default)),
    unstable: row.unstable,
    summary: row.summary,
  }));
}

/**
 * Computes one indicator. Inputs are keyed by the row's input names (`open`, `high`, `real`, `real0`,
 * `periods`, …), absent parameters take the reference's defaults, outputs are keyed by the row's
 * output names (`real`, `upperband`, `macdsignal`, …). Throws KernelError naming the argument, its
 * value and what is allowed.
 */
export function computeIndicator(
  name: string,
  inputs: Readonly<Record<string, IndicatorInput>>,
  parameters: Readonly<Record<string, number>> = {},
  options: ComputeOptions = {},
): Record<string, ColumnArray> {
  const row = findKernel(name);
  if (row === undefined) throw new KernelError(name, null, "no indicator has this name");
  const core = options.core ?? new CoreMemory(readCoreModuleSync());
  const values = bindParameters(row, parameters);
  const compute = (): Record<string, ColumnArray> => {
    const placed = row.inputs.map((input) => placeInput(core, row, input, inputs[input.name]));
    if (options.short !== "nan") refuseShort(row, values, placed[0]?.length ?? 0);
    const outputs = callKernel(core, row, placed, values);
    const read = options.as === "view" ? core.view.bind(core) : core.read.bind(core);
    return Object.fromEntries(
      outputs.map((column, index) => [row.outputs[index]?.name ?? "real", read(column)]),
    );
  };
  return options.as === "view" ? compute() : core.scope(compute);
}

/** Copies a column into the core's arena; it stays until the caller's scope ends. */
export function loadColumn(
  core: CoreMemory,
  values: ColumnArray | readonly number[],
  type?: ColumnType,
): PlacedColumn {
  const array = asArray(values, type);
  return core.loadColumn(type ?? typeOf(array), array);
}

function bindParameters(row: KernelRow, given: Readonly<Record<string, number>>): number[] {
  for (const name of Object.keys(given)) {
    if (row.parameters.some((parameter) => parameter.name === name)) continue;
    const allowed = row.parameters.map((parameter) => parameter.name).join(", ") || "none";
    throw new KernelError(row.name, name, `it has no parameter "${name}", allowed are ${allowed}`);
  }
  return row.parameters.map((parameter) => given[parameter.name] ?? parameter.default);
}

function placeInput(
  core: CoreMemory,
  row: KernelRow,
  input: KernelInput,
  given: IndicatorInput | undefined,
): PlacedColumn {
  if (given === undefined) {
    const names = row.inputs.map(({ name }) => name).join(", ");
    throw new KernelError(row.name, input.name, `input "${input.name}" is missing of ${names}`);
  }
  if (isPlaced(given)) return given;
  return loadColumn(core, given, input.type);
}

function refuseShort(row: KernelRow, values: readonly number[], length: number): void {
  for (const [index, { name, type }] of row.parameters.entries()) {
    const value = values[index] ?? 0;
    if (type !== "int" || !name.includes("period") || !(value > length)) continue;
    throw new KernelError(
      row.name,
      name,
      `"${name}" is ${value}, but there are only ${length} rows`,
    );
  }
}

function isPlaced(input: IndicatorInput): input is PlacedColumn {
  return "pointer" in input;
}

function typeOf(array: ColumnArray): ColumnType {
  if (array instanceof Float64Array) return "f64";
  if (array instanceof Uint8Array) return "bool";
  return array instanceof BigInt64Array ? "int" : "i32";
}

function asArray(values: ColumnArray | readonly number[], type: ColumnType = "f64"): ColumnArray {
  if (!Array.isArray(values)) return values as ColumnArray;
  switch (type) {
    case "f64":
    case "time":
      return Float64Array.from(values);
    case "bool":
      return Uint8Array.from(values);
    case "int":
      return BigInt64Array.from(values, BigInt);
    case "i32":
    case "tag":
      return Int32Array.from(values);
  }
}
