/** Zoom levels of one pair and of the equity: coarser buckets made of the finer ones, once. */
import {
  addCandles,
  addLine,
  bucketStart,
  type CandleBuckets,
  emptyCandles,
  emptyLine,
  type Grid,
  gridDates,
  gridOver,
  type LineBuckets,
} from "./buckets.ts";
import type { Equity, PairColumns } from "./unpacking.ts";

export interface Rows {
  readonly from: number;
  readonly to: number;
}

/** Finest first; a step that is shorter than the finest buckets is left out. */
export function candleLevels(pair: PairColumns, steps: readonly number[]): PairColumns[] {
  const levels = [pair];
  for (const step of steps.filter((each) => each > pair.candles.step)) {
    levels.push(coarserColumns(levels[levels.length - 1] ?? pair, step));
  }
  return levels;
}

export function equityLevels(equity: Equity, steps: readonly number[]): Equity[] {
  const levels = [equity];
  for (const step of steps.filter((each) => each > equity.step && each % equity.step === 0)) {
    levels.push(coarserCurve(levels[levels.length - 1] ?? equity, step));
  }
  return levels;
}

/** The finest level whose buckets are at least so wide, else the coarsest. */
export function levelFor<T>(
  levels: readonly T[],
  stepOf: (level: T) => number,
  stepLeast: number,
): T | undefined {
  return levels.find((level) => stepOf(level) >= stepLeast) ?? levels[levels.length - 1];
}

/** The buckets that a time range touches, and one more at either side. */
export function rowsIn({ start, step, count }: Grid, view: { from: number; to: number }): Rows {
  const from = Math.max(0, Math.floor((view.from - start) / step) - 1);
  return { from, to: Math.min(count, Math.ceil((view.to - start) / step) + 1) };
}

function coarserColumns({ candles, lines }: PairColumns, step: number): PairColumns {
  const grid = coarserGrid(candles, step);
  const date = gridDates(candles);
  const rows = { from: 0, to: candles.count };
  const merged: CandleBuckets = emptyCandles(grid);
  addCandles(merged, { ...candles, date }, rows);
  return {
    candles: merged,
    lines: lines.map((line) => line === null ? null : mergeLine(line, grid, date)),
  };
}

function coarserCurve(fine: Equity, step: number): Equity {
  const grid = coarserGrid(fine, step);
  const date = gridDates(fine);
  const { drawdown } = fine;
  const falls = mergeLine({ min: drawdown, max: drawdown, last: drawdown }, grid, date);
  return { ...grid, value: mergeLine(fine.value, grid, date), drawdown: falls.min };
}

function coarserGrid({ start, step, count }: Grid, coarser: number): Grid {
  return count === 0
    ? { start: bucketStart(start, coarser), step: coarser, count: 0 }
    : gridOver(start, start + (count - 1) * step, coarser);
}

function mergeLine(line: LineBuckets, grid: Grid, date: Float64Array): LineBuckets {
  const merged = emptyLine(grid);
  addLine(merged, grid, { ...line, date }, { from: 0, to: date.length });
  return merged;
}
