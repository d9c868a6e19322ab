/** Markets that close: a pair whose rows skip closed hours, on the engine's whole grid. */
import type { EnginePair } from "./engine_types.ts";

/**
 * Puts a row into every hole of the pair's dates: all prices the close before, volume 0, the
 * signals of the row before, marked as closed. So a signal of Friday's last candle is acted on at
 * Monday's first, and nothing happens in between. Columns without holes are answered as they are.
 *
 * Dates must lie on the grid that starts at the first one; RangeError names the row otherwise.
 */
export function closeGaps(pair: EnginePair, timeframeMs: number): EnginePair {
  const { date } = pair;
  const first = date[0] ?? 0;
  const rows = date.length === 0 ? 0 : ((date[date.length - 1] ?? 0) - first) / timeframeMs + 1;
  if (rows === date.length) return pair;
  const source = sourceRows(date, { first, rows, timeframeMs });
  const isReal = (row: number) => date[source[row] ?? 0] === first + row * timeframeMs;
  const closed = Uint8Array.from(source, (_, row) => isReal(row) ? 0 : 1);
  const price = (column: Float64Array) =>
    Float64Array.from(source, (from, row) => (isReal(row) ? column : pair.close)[from] ?? NaN);
  const code = (column: Int32Array | null) =>
    column === null ? null : Int32Array.from(source, (from) => column[from] ?? -1);
  const flag = (column: Uint8Array) => Uint8Array.from(source, (from) => column[from] ?? 0);
  return {
    market: pair.market,
    trimRows: trimmed(pair, { first, rows, timeframeMs }),
    date: Float64Array.from(source, (_, row) => first + row * timeframeMs),
    open: price(pair.open),
    high: price(pair.high),
    low: price(pair.low),
    close: price(pair.close),
    volume: Float64Array.from(source, (from, row) => isReal(row) ? pair.volume[from] ?? 0 : 0),
    enterLong: flag(pair.enterLong),
    exitLong: flag(pair.exitLong),
    enterShort: flag(pair.enterShort),
    exitShort: flag(pair.exitShort),
    enterTag: code(pair.enterTag),
    exitTag: code(pair.exitTag),
    closed,
  };
}

interface Grid {
  readonly first: number;
  readonly rows: number;
  readonly timeframeMs: number;
}

/** For each row of the grid the last given row at or before it. */
function sourceRows(date: Float64Array, { first, rows, timeframeMs }: Grid): Int32Array {
  const source = new Int32Array(rows);
  let row = 0;
  for (let from = 0; from < date.length; from++) {
    const at = ((date[from] ?? NaN) - first) / timeframeMs;
    if (!Number.isInteger(at) || at < row) {
      throw new RangeError(`Cannot place date ${date[from]} at row ${from}: it is off the grid`);
    }
    while (row < at) source[row++] = from - 1;
    source[row++] = from;
  }
  return source;
}

/** Rows of the grid before the first row that is kept. */
function trimmed({ date, trimRows }: EnginePair, { first, rows, timeframeMs }: Grid): number {
  const kept = date[trimRows];
  return kept === undefined ? rows : (kept - first) / timeframeMs;
}
