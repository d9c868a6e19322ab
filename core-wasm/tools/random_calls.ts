/** Calls of any kernel, for tests that hold for all of them. */
import type { ColumnArray } from "../column.ts";
import type { KernelRow } from "../kernel.ts";
import type { CoreMemory, PlacedColumn } from "../memory.ts";
import { type Candles, randomCandles } from "./random_series.ts";

/** Candles in whole ticks, with idle bars: ties and flat windows. */
export function candlesOf(random: () => number, length: number): Candles {
  return randomCandles(random, { length, start: 40, step: 0.02, tick: 0.05, idle: 0.1 });
}

/** Columns of the types that the kernel takes. */
export function inputsOf(core: CoreMemory, row: KernelRow, candles: Candles): PlacedColumn[] {
  const columns = Object.values(candles) as Float64Array[];
  return row.inputs.map(({ type }, index) => {
    const values = columns[index % columns.length] ?? candles.close;
    return core.loadColumn(type, ofType(type, values));
  });
}

function ofType(type: PlacedColumn["type"], values: Float64Array): ColumnArray {
  switch (type) {
    case "f64":
    case "time":
      return values;
    case "bool":
      return Uint8Array.from(values, (value) => Math.round(value * 20) & 1);
    case "int":
      return BigInt64Array.from(values, (value) => BigInt(Math.round(value * 10)));
    case "i32":
    case "tag":
      return Int32Array.from(values, (value) => Math.round(value) % 5);
  }
}

/** Parameters that the kernel accepts. */
export function parametersOf(row: KernelRow, random: () => number): number[] {
  const values = row.parameters.map(({ type, min, max, default: value }) => {
    if (random() < 0.3) return value;
    if (type === "real") return Math.min(max, Math.max(min, 0.05)) + (max > 1 ? random() : 0);
    return Math.min(max, Math.max(min, 0) + Math.floor(random() * (type === "choice" ? 14 : 30)));
  });
  if (row.name === "MAVP") return [2, 2 + Math.floor(random() * 30), values[2] ?? 0];
  const window = row.parameters.findIndex(({ name }) => name === "window");
  const least = row.parameters.findIndex(({ name }) => name === "min_periods");
  if (window >= 0 && least >= 0) {
    values[least] = Math.min(values[least] ?? 0, values[window] ?? 0);
  }
  if (row.name.startsWith("ewm_")) values[1] = 0;
  if (row.name.endsWith("_int_const")) values[0] = 1 + Math.floor(random() * 9);
  return values;
}
