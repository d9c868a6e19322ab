/** One pair's candles and plot columns in buckets, and packed. */
import type { CandleColumns } from "../../../core-wasm/engine_gaps.ts";
import type { PackedTable } from "../results/mod.ts";
import { type ByteSink, decimalsOf, putCandles, putColumn, putLine } from "./packing.ts";
import {
  addCandles,
  addLine,
  type CandleBuckets,
  emptyCandles,
  emptyLine,
  type Grid,
  gridDates,
  gridOver,
  type LineBuckets,
} from "./page/buckets.ts";

const CHUNK_ROWS = 50_000;
const PRICE_DIGITS = 7;
const PLOT_DIGITS = 6;
const BUCKETED_PLOT_DIGITS = 5;
const VOLUME_DIGITS = 3;

export interface PairBuckets {
  readonly pair: string;
  readonly candles: CandleBuckets;
  /** Null where the pair has no such column. */
  readonly lines: readonly (LineBuckets | null)[];
  /** Whether every bucket is one candle. */
  readonly isPlain: boolean;
}

export interface PairInput {
  readonly pair: string;
  /** From the first candle to show on; gaps stay gaps. */
  readonly candles: CandleColumns;
  /** The pair's table among the packed plots; its dates may begin earlier. */
  readonly plots: PackedTable | null;
}

/** Buckets of `step` milliseconds; with the step of the candles each is a bucket. */
export async function bucketPair(
  { pair, candles, plots }: PairInput,
  { step, timeframeMs, columns }: { step: number; timeframeMs: number; columns: readonly string[] },
  breathe: () => Promise<void>,
): Promise<PairBuckets> {
  const { date } = candles;
  const first = date[0] ?? 0;
  const last = date.at(-1) ?? 0;
  const isPlain = step === timeframeMs;
  const grid = isPlain
    ? { start: first, step, count: Math.floor((last - first) / step) + 1 }
    : gridOver(first, last, step);
  const into = emptyCandles(grid);
  for (const rows of chunks(date.length)) {
    addCandles(into, candles, rows);
    await breathe();
  }
  const lines: (LineBuckets | null)[] = [];
  for (const name of columns) {
    const found = findColumn(name, candles, plots);
    lines.push(found === null ? null : await bucketLine(found, grid, breathe));
  }
  return { pair, candles: into, lines, isPlain };
}

/** The same in buckets of a longer step, which is a multiple of the one they have. */
export function coarserPair({ pair, candles, lines }: PairBuckets, step: number): PairBuckets {
  const date = gridDates(candles);
  const rows = { from: 0, to: date.length };
  const grid = gridOver(date[0] ?? 0, date.at(-1) ?? 0, step);
  const into = emptyCandles(grid);
  addCandles(into, { date, ...candles }, rows);
  const coarser = lines.map((line) => {
    if (line === null) return null;
    const merged = emptyLine(grid);
    addLine(merged, grid, { date, ...line }, rows);
    return merged;
  });
  return { pair, candles: into, lines: coarser, isPlain: false };
}

/** Puts all columns; answers what the page must know to read them. */
export async function putPair(
  sink: ByteSink,
  { pair, candles, lines, isPlain }: PairBuckets,
  breathe: () => Promise<void>,
) {
  const { start, step, count, open, high, low, close, volume } = candles;
  const at = sink.length;
  const priceDecimals = decimalsOf([open, high, low, close], PRICE_DIGITS);
  await breathe();
  putCandles(sink, candles, priceDecimals);
  await breathe();
  const volumeDecimals = decimalsOf([volume], VOLUME_DIGITS);
  putColumn(sink, volume, volumeDecimals);
  const digits = isPlain ? PLOT_DIGITS : BUCKETED_PLOT_DIGITS;
  const columns: (number | null)[] = [];
  for (const line of lines) {
    await breathe();
    const decimals = line === null ? null : decimalsOf([line.last], digits);
    if (line !== null && decimals !== null) putLine(sink, line, { decimals, isPlain });
    columns.push(decimals);
  }
  return { name: pair, start, step, count, at, priceDecimals, volumeDecimals, columns, isPlain };
}

interface FoundColumn {
  readonly date: Float64Array;
  readonly values: Float64Array;
}

async function bucketLine(
  { date, values }: FoundColumn,
  grid: Grid,
  breathe: () => Promise<void>,
): Promise<LineBuckets> {
  const into = emptyLine(grid);
  const end = grid.start + grid.count * grid.step;
  for (const { from, to } of chunks(date.length)) {
    const rows = { from: firstAt(date, grid.start, from, to), to: firstAt(date, end, from, to) };
    addLine(into, grid, { date, min: values, max: values, last: values }, rows);
    await breathe();
  }
  return into;
}

/** A column of the plots or of the candles themselves; texts cannot be drawn. */
function findColumn(
  name: string,
  candles: CandleColumns,
  plots: PackedTable | null,
): FoundColumn | null {
  const column = plots?.columns.find((each) => each.name === name && each.type !== "text");
  const date = plots?.columns.find((each) => each.name === "date")?.values;
  if (column !== undefined && date !== undefined) {
    return { date: toNumbers(date), values: toNumbers(column.values) };
  }
  switch (name) {
    case "open":
    case "high":
    case "low":
    case "close":
    case "volume":
      return { date: candles.date, values: candles[name] };
    default:
      return null;
  }
}

function toNumbers(values: PackedTable["columns"][number]["values"]): Float64Array {
  if (values instanceof Float64Array) return values;
  return values instanceof BigInt64Array
    ? Float64Array.from(values, Number)
    : Float64Array.from(values);
}

function* chunks(length: number): Generator<{ from: number; to: number }> {
  for (let from = 0; from < length; from += CHUNK_ROWS) {
    yield { from, to: Math.min(from + CHUNK_ROWS, length) };
  }
}

function firstAt(dates: Float64Array, time: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((dates[middle] ?? Infinity) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
