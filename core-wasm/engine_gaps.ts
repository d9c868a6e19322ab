/** Candles without gaps: what a run expects of a pair before signals are made. */

export interface CandleColumns {
  /** Epoch milliseconds, open time. */
  readonly date: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

/**
 * Merges candles of one date (first open, highest high, lowest low, last close, largest volume) and
 * puts a candle at the last close, volume 0, into every gap between the first and the last one.
 * Nothing is added before the first or after the last. Dates must not descend; dates off the grid
 * that starts at the first one are dropped. Columns without gaps are answered as they are.
 */
export function fillGaps(candles: CandleColumns, timeframeMs: number): CandleColumns {
  const { date } = candles;
  if (!(timeframeMs > 0)) {
    throw new RangeError(`Cannot fill gaps: timeframeMs is ${timeframeMs}, expected above 0`);
  }
  if (isRegular(date, timeframeMs)) return candles;
  const start = date[0] ?? 0;
  const length = Math.floor(((date[date.length - 1] ?? 0) - start) / timeframeMs) + 1;
  const filled = emptyColumns(length);
  const present = new Uint8Array(length);
  for (let i = 0; i < date.length; i++) {
    const at = ((date[i] ?? NaN) - start) / timeframeMs;
    if (!(at >= 0)) throw new RangeError(`Cannot fill gaps: date ${date[i]} at row ${i} descends`);
    if (!Number.isInteger(at)) continue;
    if (present[at] === 1) merge(filled, at, candles, i);
    else copyRow(filled, at, candles, i);
    present[at] = 1;
  }
  for (let at = 1; at < length; at++) if (present[at] === 0) repeatClose(filled, at);
  for (let at = 0; at < length; at++) filled.date[at] = start + at * timeframeMs;
  return filled;
}

function isRegular(date: Float64Array, timeframeMs: number): boolean {
  for (let i = 1; i < date.length; i++) {
    if ((date[i] ?? NaN) - (date[i - 1] ?? NaN) !== timeframeMs) return false;
  }
  return true;
}

function emptyColumns(length: number): CandleColumns {
  return {
    date: new Float64Array(length),
    open: new Float64Array(length),
    high: new Float64Array(length),
    low: new Float64Array(length),
    close: new Float64Array(length),
    volume: new Float64Array(length),
  };
}

function copyRow(to: CandleColumns, at: number, from: CandleColumns, row: number): void {
  to.open[at] = from.open[row] ?? NaN;
  to.high[at] = from.high[row] ?? NaN;
  to.low[at] = from.low[row] ?? NaN;
  to.close[at] = from.close[row] ?? NaN;
  to.volume[at] = from.volume[row] ?? NaN;
}

function merge(to: CandleColumns, at: number, from: CandleColumns, row: number): void {
  to.high[at] = Math.max(to.high[at] ?? NaN, from.high[row] ?? NaN);
  to.low[at] = Math.min(to.low[at] ?? NaN, from.low[row] ?? NaN);
  to.close[at] = from.close[row] ?? NaN;
  to.volume[at] = Math.max(to.volume[at] ?? NaN, from.volume[row] ?? NaN);
}

function repeatClose(columns: CandleColumns, at: number): void {
  const close = columns.close[at - 1] ?? NaN;
  columns.open[at] = close;
  columns.high[at] = close;
  columns.low[at] = close;
  columns.close[at] = close;
  columns.volume[at] = 0;
}
