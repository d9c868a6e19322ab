/** One kernel call by its registry row: checks, outputs and scratch in the arena, status to error. */
import type { KernelParameter, KernelRow } from "./kernel.ts";
import { KernelError } from "./kernel_error.ts";
import type { CoreMemory, PlacedColumn } from "./memory.ts";

const F64_BYTES = 8;
/** `firstValid` takes this many column pointers, unused ones repeated. */
const INPUTS_MAX = 4;

/**
 * Runs `row` over columns of `core` and answers its outputs, which live in the arena of the caller's
 * scope. `length` is needed only when the row has no inputs. Throws KernelError.
 */
export function callKernel(
  core: CoreMemory,
  row: KernelRow,
  inputs: readonly PlacedColumn[],
  parameters: readonly number[],
  length: number = inputs[0]?.length ?? 0,
): readonly PlacedColumn[] {
  const outputs = row.outputs.map((output) => core.allocateColumn(output.type, length));
  callKernelInto(core, row, { inputs, parameters, outputs, length });
  return outputs;
}

export interface KernelCall {
  readonly inputs: readonly PlacedColumn[];
  readonly parameters: readonly number[];
  /** One column per output of the row, of its type; none of them an input. */
  readonly outputs: readonly PlacedColumn[];
  readonly length: number;
}

/** As `callKernel`, into columns the caller owns and may use again. Throws KernelError. */
export function callKernelInto(core: CoreMemory, row: KernelRow, call: KernelCall): void {
  const { inputs, parameters, outputs, length } = call;
  checkInputs(row, inputs, length);
  checkParameters(row, parameters);
  if (length === 0) return;
  const begin = row.family === "talib" ? findBegin(core, inputs, length) : 0;
  if (begin > 0) blankHead(core, outputs, begin);
  const late = { inputs, parameters, outputs, begin, length };
  run(core, row, late);
  if (begin > 0) countFromFirstRow(core, row, late);
}

interface Call extends KernelCall {
  readonly begin: number;
}

function run(core: CoreMemory, row: KernelRow, call: Call): void {
  const { inputs, parameters, outputs, begin } = call;
  const length = call.length - begin;
  const mark = core.mark();
  try {
    const scratch = core.allocate(row.scratchBytes(length, parameters));
    const status = core.function(row.symbol)(
      length,
      ...inputs.map((column) => pointerAt(column, begin)),
      ...parameters,
      ...outputs.map((column) => pointerAt(column, begin)),
      scratch,
    );
    if (status !== 0) throw refusal(row, parameters, status);
  } finally {
    core.release(mark);
  }
}

/** The first row at which every input is a number, as TA-Lib's wrapper finds it. */
export function findBegin(
  core: CoreMemory,
  inputs: readonly PlacedColumn[],
  length: number,
): number {
  const pointers = inputs.map((column) => column.pointer);
  const padding = new Array<number>(INPUTS_MAX - pointers.length).fill(pointers[0] ?? 0);
  return core.call("firstValid", length, ...pointers, ...padding);
}

export function blankHead(core: CoreMemory, outputs: readonly PlacedColumn[], begin: number): void {
  for (const column of outputs) {
    const view = core.view(column);
    if (view instanceof Float64Array) view.fill(NaN, 0, begin);
    else if (!(view instanceof BigInt64Array)) view.fill(0, 0, begin);
  }
}

/** A kernel that skipped rows counted from the first it saw; `lookback` rows hold no number. */
function countFromFirstRow(core: CoreMemory, row: KernelRow, call: Call): void {
  const from = call.begin + row.lookback(call.parameters);
  for (const [index, column] of call.outputs.entries()) {
    const view = core.view(column);
    if (row.outputs[index]?.isRowNumber !== true || !(view instanceof Int32Array)) continue;
    for (let i = from; i < view.length; i++) view[i] = (view[i] ?? 0) + call.begin;
  }
}

export function pointerAt(column: PlacedColumn, row: number): number {
  const width = column.type === "i32" ? F64_BYTES / 2 : F64_BYTES;
  return row === 0 ? column.pointer : column.pointer + row * width;
}

export function checkInputs(row: KernelRow, inputs: readonly PlacedColumn[], length: number): void {
  if (inputs.length !== row.inputs.length) {
    const names = row.inputs.map((input) => input.name).join(", ");
    throw new KernelError(
      row.name,
      null,
      `${inputs.length} columns given, expected ${row.inputs.length} (${names})`,
    );
  }
  for (const [index, { name, type }] of row.inputs.entries()) {
    const given = inputs[index];
    if (given === undefined) continue;
    if (given.type !== type) {
      throw new KernelError(row.name, name, `"${name}" is of type ${given.type}, expected ${type}`);
    }
    if (given.length !== length) {
      throw new KernelError(
        row.name,
        name,
        `"${name}" has ${given.length} rows, expected ${length} like "${row.inputs[0]?.name}"`,
      );
    }
  }
}

export function checkParameters(row: KernelRow, values: readonly number[]): void {
  if (values.length !== row.parameters.length) {
    throw new KernelError(
      row.name,
      null,
      `${values.length} parameters given, expected ${row.parameters.length}`,
    );
  }
  for (const [index, parameter] of row.parameters.entries()) {
    const reason = whyRefused(parameter, values[index]);
    if (reason !== null) throw new KernelError(row.name, parameter.name, reason);
  }
}

function whyRefused(parameter: KernelParameter, value: number | undefined): string | null {
  const { name, type, min, max } = parameter;
  if (type !== "real" && !Number.isInteger(value)) {
    return `"${name}" is ${value}, expected a whole number from ${min} to ${max}`;
  }
  if (value !== undefined && (value < min || value > max)) {
    return `"${name}" is ${value}, allowed are ${min} to ${max}`;
  }
  return null;
}

function refusal(row: KernelRow, parameters: readonly number[], status: number): KernelError {
  const refused = row.parameters[status - 1];
  if (status > 0 && refused !== undefined) {
    const values = row.parameters.map((parameter, index) =>
      `${parameter.name}=${parameters[index]}`
    );
    return new KernelError(
      row.name,
      refused.name,
      `"${refused.name}" is ${parameters[status - 1]}, not possible with ${values.join(", ")}`,
    );
  }
  return new KernelError(row.name, null, `an input's content is refused (status ${status})`);
}
