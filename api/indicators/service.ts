/** Indicators over a symbol's candles or over a caller's own columns. */
import {
  type ColumnArray,
  computeIndicator,
  type CoreMemory,
  findKernel,
  type IndicatorDescription,
  KernelError,
  type KernelRow,
  listIndicators as listKernels,
} from "../../core-wasm/mod.ts";
import { getKlines, timeframeMs } from "../market/service.ts";
import { toRfc3339 } from "../platform/clock.ts";
import { type Ctx, requireActor } from "../platform/context.ts";
import { type AppError, invalidField } from "../platform/errors.ts";
import type { Indicators } from "./core.ts";
import type { ComputedIndicator, ComputeIndicator, Indicator, ListIndicators } from "./schema.ts";

/** Rows before the first one shown, so that averages that never forget have settled. */
const SETTLING_ROWS = 500;

/** The registry, filtered. */
export function listIndicators(ctx: Ctx, query: ListIndicators): Indicator[] {
  requireActor(ctx, "read");
  const { family, group, search } = query;
  const text = search?.toLowerCase();
  return listKernels().filter((row) =>
    (family === undefined || row.family === family) &&
    (group === undefined || row.group === group) &&
    (text === undefined || `${row.name} ${row.summary}`.toLowerCase().includes(text))
  ).map(toIndicator);
}

/** A computed indicator before it becomes JSON or bytes. */
export interface ComputedColumns {
  readonly name: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly rows: number;
  /** Epoch milliseconds; null for the caller's own columns. */
  readonly time: Float64Array | null;
  readonly outputs: Readonly<Record<string, ColumnArray>>;
}

/** @throws AppError 422 that names the argument, its value and what is allowed. */
export async function compute(
  ctx: Ctx,
  indicators: Indicators,
  request: ComputeIndicator,
): Promise<ComputedColumns> {
  requireActor(ctx, "read");
  const row = findKernel(request.name);
  if (row === undefined) {
    throw invalidField(["body", "name"], `No indicator is called "${request.name}"`);
  }
  const core = await indicators.core();
  const parameters = bindParameters(row, request.parameters);
  if ("inputs" in request) {
    const inputs = Object.fromEntries(
      Object.entries(request.inputs).map(([name, values]) => [name, toNumbers(values)]),
    );
    refuseUnequal(inputs);
    const outputs = run(core, request, inputs);
    return { name: row.name, parameters, rows: rowsOf(outputs), time: null, outputs };
  }
  return await computeSymbol(ctx, core, { row, request, parameters });
}

async function computeSymbol(
  ctx: Ctx,
  core: CoreMemory,
  { row, request, parameters }: {
    row: KernelRow;
    request: Extract<ComputeIndicator, { symbol: string }>;
    parameters: Record<string, number>;
  },
): Promise<ComputedColumns> {
  const { symbol, timeframe, exchange, dataset, limit, price } = request;
  const values = row.parameters.map(({ name }) => parameters[name] ?? 0);
  const extra = row.lookback(values) + (row.unstable ? SETTLING_ROWS : 0);
  const start = request.start === undefined ? undefined : Date.parse(request.start);
  const { candles } = await getKlines(ctx, {
    symbol,
    interval: timeframe,
    limit: limit + extra,
    ...(exchange === undefined ? {} : { exchange }),
    ...(dataset === undefined ? {} : { dataset }),
    ...(start === undefined ? {} : { start: start - extra * timeframeMs(timeframe) }),
    ...(request.end === undefined ? {} : { end: Date.parse(request.end) }),
  });
  const inputs = Object.fromEntries(row.inputs.map(({ name }) => {
    const column = candles[candleColumn(row, name, price)];
    return [name, column];
  }));
  const outputs = run(core, request, inputs);
  const first = candles.time.findIndex((time) => time >= (start ?? -Infinity));
  const from = start === undefined
    ? Math.max(0, candles.time.length - limit)
    : first < 0
    ? candles.time.length
    : first;
  const to = Math.min(candles.time.length, from + limit);
  return {
    name: row.name,
    parameters,
    rows: to - from,
    time: candles.time.slice(from, to),
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([name, column]) => [name, column.slice(from, to)]),
    ),
  };
}

type CandleInput = "open" | "high" | "low" | "close" | "volume";

/** TA-Lib's own convention: `real` is the close unless told, `real0` the high, `real1` the low. */
function candleColumn(row: KernelRow, name: string, price: CandleInput): CandleInput {
  switch (name) {
    case "open":
    case "high":
    case "low":
    case "close":
    case "volume":
      return name;
    case "real":
      return price;
    case "real0":
      return "high";
    case "real1":
      return "low";
    default:
      throw invalidField(
        ["body", "symbol"],
        `${row.name} needs column "${name}", which candles do not have: send inputs instead`,
      );
  }
}

function run(
  core: CoreMemory,
  { name, parameters }: ComputeIndicator,
  inputs: Readonly<Record<string, ColumnArray | readonly number[]>>,
): Record<string, ColumnArray> {
  try {
    return computeIndicator(name, inputs, parameters, { core });
  } catch (err) {
    if (err instanceof KernelError) throw refusal(err);
    if (err instanceof RangeError || err instanceof SyntaxError) {
      throw invalidField(["body", "inputs"], `${name} takes other values: ${err.message}`);
    }
    throw err;
  }
}

function refusal(err: KernelError): AppError {
  const place = findKernel(err.kernel)?.inputs.some(({ name }) => name === err.argument)
    ? "inputs"
    : "parameters";
  const loc = err.argument === null ? ["body", "inputs"] : ["body", place, err.argument];
  return invalidField(loc, err.message);
}

function bindParameters(
  row: KernelRow,
  given: Readonly<Record<string, number>>,
): Record<string, number> {
  return Object.fromEntries(
    row.parameters.map((parameter) => [parameter.name, given[parameter.name] ?? parameter.default]),
  );
}

function refuseUnequal(inputs: Readonly<Record<string, readonly number[]>>): void {
  const lengths = Object.entries(inputs).map(([name, { length }]) => `${name} ${length}`);
  if (new Set(Object.values(inputs).map(({ length }) => length)).size <= 1) return;
  throw invalidField(["body", "inputs"], `Columns must have equal lengths: ${lengths.join(", ")}`);
}

function toNumbers(values: readonly (number | null)[]): number[] {
  return values.map((value) => value ?? NaN);
}

function rowsOf(outputs: Readonly<Record<string, ColumnArray>>): number {
  return Object.values(outputs)[0]?.length ?? 0;
}

function toIndicator(row: IndicatorDescription): Indicator {
  return {
    name: row.name,
    family: row.family,
    group: row.group,
    summary: row.summary,
    inputs: row.inputs.map(({ name, type }) => ({ name, type })),
    parameters: row.parameters.map((parameter) => ({
      name: parameter.name,
      type: parameter.type,
      default: finiteOrNull(parameter.default),
      min: parameter.min,
      max: parameter.max,
      ...(parameter.choices === undefined ? {} : { choices: { ...parameter.choices } }),
    })),
    outputs: row.outputs.map(({ name, type }) => ({ name, type })),
    lookback: row.lookback,
    unstable: row.unstable,
  };
}

/** JSON has no NaN: a row without a value is null. */
export function toComputed(computed: ComputedColumns): ComputedIndicator {
  const { name, parameters, rows, time, outputs } = computed;
  return {
    name,
    parameters: { ...parameters },
    rows,
    timestamps: time === null ? null : Array.from(time, toRfc3339),
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([key, column]) => [key, Array.from(column, finiteOrNull)]),
    ),
  };
}

function finiteOrNull(value: number | bigint): number | null {
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** Time (when there is one) and the outputs one after another, each as little-endian doubles. */
export function toBytes({ rows, time, outputs }: ComputedColumns): Uint8Array<ArrayBuffer> {
  const columns = [...(time === null ? [] : [time]), ...Object.values(outputs)];
  const all = new Float64Array(rows * columns.length);
  columns.forEach((column, index) => all.set(Float64Array.from(column, Number), index * rows));
  return new Uint8Array(all.buffer);
}
