/**
 * Series of other lengths: rows of one found for the rows of another, and candles of a wider timeframe.
 * Kernels never see two lengths, so these are functions of their own.
 */
import type { ColumnType } from "./column.ts";
import type { CoreMemory, PlacedColumn } from "./memory.ts";

const NO_TAG = -1;

export interface MatchOptions {
  /** Added to each key before it is compared: one wide candle less one narrow one. */
  readonly offsetMs?: number;
  /**
   * Rows without a match take the last matched one. If the first row has no match, the rows before the
   * first match take the last key below it, as freqtrade fills what began before the frame.
   */
  readonly fill?: boolean;
}

/** Candles in the core, of one length. */
export interface PlacedCandles {
  readonly date: PlacedColumn;
  readonly open: PlacedColumn;
  readonly high: PlacedColumn;
  readonly low: PlacedColumn;
  readonly close: PlacedColumn;
  readonly volume: PlacedColumn;
}

/**
 * For each row of `date` the row of `keys` with an equal time, -1 for none. Both ascend; a key that is no
 * date of the frame is lost. The answer lives in the arena of the caller's scope.
 *
 * freqtrade's merge_informative_pair: `keys` are the informative dates, `offsetMs` its timeframe less that
 * of the frame (0 when they are equal), `fill` its ffill. For monthly candles `keys` are
 * `time_next_month` of the dates and `offsetMs` is minus the frame's timeframe.
 */
export function matchRows(
  core: CoreMemory,
  date: PlacedColumn,
  keys: PlacedColumn,
  { offsetMs = 0, fill = false }: MatchOptions = {},
): PlacedColumn {
  const rows = core.allocateColumn("i32", date.length);
  const pointers = [date.length, date.pointer, keys.length, keys.pointer];
  core.call("timeMatchRows", ...pointers, offsetMs, Number(fill), rows.pointer);
  return rows;
}

/**
 * The values of `column` at `rows`. Where a row is -1: NaN in f64 and time, -1 in tags, and 0 in the types
 * that know no missing value; a caller that needs to tell those apart converts to f64 first.
 */
export function takeRows(
  core: CoreMemory,
  column: PlacedColumn,
  rows: PlacedColumn,
): PlacedColumn {
  const out = core.allocateColumn(column.type, rows.length);
  const pointers = [rows.length, rows.pointer, column.pointer];
  const last = [out.pointer];
  if (column.type === "i32" || column.type === "tag") {
    last.unshift(column.type === "tag" ? NO_TAG : 0);
  }
  core.call(takeSymbol(column.type), ...pointers, ...last);
  return out;
}

function takeSymbol(type: ColumnType): string {
  switch (type) {
    case "f64":
    case "time":
      return "timeTakeF64";
    case "int":
      return "timeTakeInt";
    case "i32":
    case "tag":
      return "timeTakeI32";
    case "bool":
      return "timeTakeBool";
  }
}

/**
 * Candles of `intervalMs`, dated at their opening, counted from the first date's midnight (UTC): what
 * technical's resample_to_interval makes. A candle that its own candles do not fill is made of those
 * there are; empty ones are left out. Throws RangeError.
 */
export function resampleCandles(
  core: CoreMemory,
  candles: PlacedCandles,
  intervalMs: number,
): PlacedCandles {
  if (!(intervalMs >= 1)) {
    throw new RangeError(`Cannot resample: intervalMs is ${intervalMs}, expected at least 1`);
  }
  const { date, open, high, low, close, volume } = candles;
  const inputs = [date, open, high, low, close, volume];
  const outputs = inputs.map(({ type }) => core.allocateColumn(type, date.length));
  const count = core.call(
    "timeResample",
    date.length,
    ...inputs.map(({ pointer }) => pointer),
    intervalMs,
    ...outputs.map(({ pointer }) => pointer),
  );
  const [outDate, outOpen, outHigh, outLow, outClose, outVolume] = outputs.map((column) => ({
    ...column,
    length: count,
  })) as [PlacedColumn, PlacedColumn, PlacedColumn, PlacedColumn, PlacedColumn, PlacedColumn];
  return {
    date: outDate,
    open: outOpen,
    high: outHigh,
    low: outLow,
    close: outClose,
    volume: outVolume,
  };
}

/** The smallest distance between neighbouring dates, NaN with fewer than two: how libraries guess a timeframe. */
export function smallestStepMs(core: CoreMemory, date: PlacedColumn): number {
  const dates = new Float64Array(core.buffer, date.pointer, date.length);
  let least = NaN;
  for (let i = 1; i < dates.length; i++) {
    const step = (dates[i] ?? NaN) - (dates[i - 1] ?? NaN);
    if (!(step >= least)) least = step;
  }
  return least;
}
