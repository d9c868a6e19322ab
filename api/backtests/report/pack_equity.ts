/** The account's value over time, and how far it is below its highest so far. */
import type { EquityColumns } from "../../../core-wasm/engine_types.ts";
import { coinDecimals } from "../export/mod.ts";
import { nextStep } from "./ladder.ts";
import { type ByteSink, decimalsOf, putColumn, putLine } from "./packing.ts";
import {
  addLine,
  emptyLine,
  type Grid,
  gridDates,
  gridOver,
  type LineBuckets,
} from "./page/buckets.ts";
import { DRAWDOWN_DECIMALS } from "./page/unpacking.ts";

const POINTS_MAX = 24_000;
const CHUNK_ROWS = 50_000;
const DIGITS = 7;

export interface EquityBuckets extends Grid {
  readonly value: LineBuckets;
  /** The deepest of each bucket, 0 down to -1. */
  readonly drawdown: Float64Array;
}

/** Buckets of the shortest usual length that keeps their number small. */
export async function bucketEquity(
  { date, equity }: EquityColumns,
  timeframeMs: number,
  breathe: () => Promise<void>,
): Promise<EquityBuckets> {
  const first = date[0] ?? 0;
  const last = date.at(-1) ?? 0;
  let step = timeframeMs;
  while ((last - first) / step > POINTS_MAX) step = nextStep(step);
  const grid = date.length === 0 ? { start: 0, step, count: 0 } : gridOver(first, last, step);
  const value = emptyLine(grid);
  const falls = emptyLine(grid);
  const fall = new Float64Array(equity.length);
  let highest = -Infinity;
  for (let from = 0; from < date.length; from += CHUNK_ROWS) {
    const rows = { from, to: Math.min(from + CHUNK_ROWS, date.length) };
    for (let row = rows.from; row < rows.to; row++) {
      const now = equity[row] ?? NaN;
      highest = Math.max(highest, now);
      fall[row] = highest > 0 ? now / highest - 1 : 0;
    }
    addLine(value, grid, { date, min: equity, max: equity, last: equity }, rows);
    addLine(falls, grid, { date, min: fall, max: fall, last: fall }, rows);
    await breathe();
  }
  return { ...grid, value, drawdown: falls.min };
}

/** The same in buckets of another length. */
export function coarserEquity(fine: EquityBuckets): EquityBuckets {
  const { start, count } = fine;
  const step = nextStep(fine.step);
  const grid = gridOver(start, start + (count - 1) * fine.step, step);
  const rows = { from: 0, to: count };
  const date = gridDates(fine);
  const value = emptyLine(grid);
  const falls = emptyLine(grid);
  const { drawdown } = fine;
  addLine(value, grid, { date, ...fine.value }, rows);
  addLine(falls, grid, { date, min: drawdown, max: drawdown, last: drawdown }, rows);
  return { ...grid, value, drawdown: falls.min };
}

export function putEquity(sink: ByteSink, equity: EquityBuckets, coin: string) {
  const { start, step, count, value, drawdown } = equity;
  const decimals = Math.min(decimalsOf([value.last], DIGITS), coinDecimals(coin));
  const at = sink.length;
  putLine(sink, value, { decimals, isPlain: false });
  putColumn(sink, drawdown, DRAWDOWN_DECIMALS);
  return { start, step, count, at, decimals };
}
