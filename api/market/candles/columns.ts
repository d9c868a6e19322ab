/** Candles as columns: the one shape they have from a file to the compute core. */

export const CANDLE_TYPES = ["spot", "futures", "mark", "index", "funding_rate"] as const;

export type CandleType = typeof CANDLE_TYPES[number];

export const CANDLE_COLUMNS = ["time", "open", "high", "low", "close", "volume"] as const;

export type CandleColumnName = typeof CANDLE_COLUMNS[number];

/**
 * Columns of equal length. `time` is the candle's open in epoch milliseconds UTC, strictly
 * ascending. `volume` is NaN where the source has none. A funding rate stands in `open`.
 */
export type CandleColumns = Readonly<Record<CandleColumnName, Float64Array>>;

export function allocateCandles(count: number): CandleColumns {
  const column = () => new Float64Array(count);
  return {
    time: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  };
}

/** Views of rows `from` to `to` (exclusive); nothing is copied. */
export function viewCandles(candles: CandleColumns, from: number, to: number): CandleColumns {
  return mapColumns((name) => candles[name].subarray(from, to));
}

/** Rows `from` to `to` (exclusive) in memory of their own. */
export function copyCandles(candles: CandleColumns, from: number, to: number): CandleColumns {
  return mapColumns((name) => candles[name].slice(from, to));
}

export function reverseCandles(candles: CandleColumns): CandleColumns {
  return mapColumns((name) => candles[name].toReversed());
}

export function concatCandles(parts: readonly CandleColumns[]): CandleColumns {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const joined = allocateCandles(parts.reduce((sum, part) => sum + part.time.length, 0));
  let at = 0;
  for (const part of parts) {
    for (const name of CANDLE_COLUMNS) joined[name].set(part[name], at);
    at += part.time.length;
  }
  return joined;
}

/** Copies one row into another set of columns. */
export function copyRow(from: CandleColumns, row: number, to: CandleColumns, at: number): void {
  for (const name of CANDLE_COLUMNS) to[name][at] = from[name][row] ?? NaN;
}

/** Whether two rows hold the same candle; one unknown volume is as good as another. */
export function sameRow(a: CandleColumns, row: number, b: CandleColumns, other: number): boolean {
  return CANDLE_COLUMNS.every((name) => {
    const [x = NaN, y = NaN] = [a[name][row], b[name][other]];
    return x === y || (Number.isNaN(x) && Number.isNaN(y));
  });
}

/** Index of the first row at or after `time`; the row count when there is none. */
export function firstRowAt(times: Float64Array, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? Infinity) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function mapColumns(make: (name: CandleColumnName) => Float64Array): CandleColumns {
  return {
    time: make("time"),
    open: make("open"),
    high: make("high"),
    low: make("low"),
    close: make("close"),
    volume: make("volume"),
  };
}
