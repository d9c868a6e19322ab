/** Down-sampling by time: the server's and, once more for each zoom level, the page's. */

/** Bucket k covers [start + k × step, start + (k + 1) × step), epoch milliseconds. */
export interface Grid {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/** NaN where a bucket holds nothing. */
export interface CandleBuckets extends Grid {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

/** What an eye sees of a line whose points fall into one bucket. */
export interface LineBuckets {
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly last: Float64Array;
}

interface RowRange {
  readonly from: number;
  readonly to: number;
}

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
export const WEEK_MS = 7 * DAY_MS;
/** 1970-01-05 was the first Monday. */
const MONDAY_MS = 4 * DAY_MS;

/** The start of the bucket that a time falls into; weeks begin on Monday. */
export function bucketStart(time: number, step: number): number {
  const anchor = step % WEEK_MS === 0 ? MONDAY_MS : 0;
  return Math.floor((time - anchor) / step) * step + anchor;
}

/** The grid of a step that covers both times. */
export function gridOver(first: number, last: number, step: number): Grid {
  const start = bucketStart(first, step);
  return { start, step, count: Math.floor((last - start) / step) + 1 };
}

export function emptyCandles(grid: Grid): CandleBuckets {
  const column = () => new Float64Array(grid.count).fill(NaN);
  return {
    ...grid,
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  };
}

export function emptyLine({ count }: Pick<Grid, "count">): LineBuckets {
  const column = () => new Float64Array(count).fill(NaN);
  return { min: column(), max: column(), last: column() };
}

/** Candles by their open, ascending. */
export type CandleRows = Omit<CandleBuckets, keyof Grid> & { readonly date: Float64Array };

/** Merges rows: the first open, the highest high, the lowest low, the last close, all volume. */
export function addCandles(into: CandleBuckets, rows: CandleRows, { from, to }: RowRange): void {
  for (let row = from; row < to; row++) {
    const open = rows.open[row] ?? NaN;
    if (Number.isNaN(open)) continue;
    const at = Math.floor(((rows.date[row] ?? NaN) - into.start) / into.step);
    const volume = rows.volume[row] ?? NaN;
    const known = into.volume[at] ?? NaN;
    if (Number.isNaN(into.open[at] ?? NaN)) into.open[at] = open;
    into.high[at] = larger(into.high[at] ?? NaN, rows.high[row] ?? NaN);
    into.low[at] = smaller(into.low[at] ?? NaN, rows.low[row] ?? NaN);
    into.close[at] = rows.close[row] ?? NaN;
    if (!Number.isNaN(volume)) into.volume[at] = Number.isNaN(known) ? volume : known + volume;
  }
}

/** Merges points of a line, buckets of their own: least, largest, last; what is not finite is no point. */
export function addLine(
  into: LineBuckets,
  { start, step }: Pick<Grid, "start" | "step">,
  points: LineBuckets & { readonly date: Float64Array },
  { from, to }: RowRange,
): void {
  for (let row = from; row < to; row++) {
    const last = points.last[row] ?? NaN;
    if (!Number.isFinite(last)) continue;
    const at = Math.floor(((points.date[row] ?? NaN) - start) / step);
    into.min[at] = smaller(into.min[at] ?? NaN, points.min[row] ?? NaN);
    into.max[at] = larger(into.max[at] ?? NaN, points.max[row] ?? NaN);
    into.last[at] = last;
  }
}

/** The start of each bucket. */
export function gridDates({ start, step, count }: Grid): Float64Array {
  return Float64Array.from({ length: count }, (_, index) => start + index * step);
}

function larger(held: number, other: number): number {
  return held >= other ? held : Number.isNaN(other) ? held : other;
}

function smaller(held: number, other: number): number {
  return held <= other ? held : Number.isNaN(other) ? held : other;
}
