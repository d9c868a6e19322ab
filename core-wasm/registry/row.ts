/** Short forms in which the registry files state their rows. */
import type { ColumnType } from "../column.ts";
import type { KernelInput, KernelOutput, KernelParameter, KernelRow } from "../kernel.ts";

/** Scalars in the row's order, as separate arguments. */
type OfParameters = (...parameters: number[]) => number;

export interface RowSpec {
  readonly group: string;
  readonly inputs: readonly (string | KernelInput)[];
  readonly parameters?: readonly KernelParameter[];
  readonly outputs?: readonly (string | KernelOutput)[];
  readonly lookback?: OfParameters;
  readonly unstable?: boolean;
  /** Bytes, from the length and then the parameters. */
  readonly scratch?: OfParameters;
  readonly ahead?: OfParameters;
  /** The core also exports `…Batch`: up to three inputs and whole parameters, the first a length; one f64 output. */
  readonly hasBatch?: boolean;
  readonly summary: string;
}

export function kernelRow(family: KernelRow["family"], name: string, spec: RowSpec): KernelRow {
  const { lookback = none, scratch = none, ahead = none } = spec;
  const symbol = symbolOf(family, name);
  return {
    name,
    family,
    group: spec.group,
    symbol,
    ...(spec.hasBatch === true ? { batchSymbol: `${symbol}Batch` } : {}),
    inputs: spec.inputs.map(typed),
    parameters: spec.parameters ?? [],
    outputs: (spec.outputs ?? ["real"]).map(typed),
    lookback: (parameters) => lookback(...parameters),
    unstable: spec.unstable ?? false,
    scratchBytes: (length, parameters) => scratch(length, ...parameters),
    ahead: (parameters) => ahead(...parameters),
    summary: spec.summary,
  };
}

export function integer(name: string, value: number, min: number, max: number): KernelParameter {
  return { name, type: "int", default: value, min, max };
}

export function real(
  name: string,
  value: number,
  min = -Number.MAX_VALUE,
  max = Number.MAX_VALUE,
): KernelParameter {
  return { name, type: "real", default: value, min, max };
}

export function of(type: ColumnType, ...names: string[]): KernelInput[] {
  return names.map((name) => ({ name, type }));
}

function none(): number {
  return 0;
}

function typed<T extends KernelInput>(column: string | T): KernelInput | T {
  return typeof column === "string" ? { name: column, type: "f64" } : column;
}

/** `RSI` in family talib is `talibRsi`, `rolling_max` in family window is `windowRollingMax`. */
function symbolOf(family: string, name: string): string {
  const words = name.toLowerCase().split("_");
  const tail = words[0] === family ? words.slice(1) : words;
  return family + tail.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}
