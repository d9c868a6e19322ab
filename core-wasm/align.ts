/**
 * Series of other lengths: rows of one found for the rows of another, and candles of a wider timeframe.
 * Kernels never see two lengths, so these are functions of their own.
 */
import type { ColumnType } from "./column.ts";
import type { CoreMemory, PlacedColumn } from "./memory.ts";

const NO_TAG = -1;
/** Candles that a resampling may make out of gaps. */
const ROWS_MAX = 10_000_000;

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

export interface ResampleOptions {
  /** The end of its interval that dates a candle. */
  readonly label?: "left" | "right";
  /** Candles that are empty or lack a price are left out (`whole`, default) or kept (`all`). */
  readonly keep?: "whole" | "all";
}

/**
 * Candles of `intervalMs`, counted from the first date's midnight (UTC): what technical's
 * resample_to_interval makes, and pandas' resample of candles. A candle that its own candles do not fill
 * is made of those there are. Throws RangeError.
 */
export function resampleCandles(
  core: CoreMemory,
  candles: PlacedCandles,
  intervalMs: number,
  { label = "left", keep = "whole" }: ResampleOptions = {},
): PlacedCandles {
  if (!(intervalMs >= 1)) {
    throw new RangeError(`Cannot resample: intervalMs is ${intervalMs}, expected at least 1`);
  }
  const { date, open, high, low, close, volume } = candles;
  const inputs = [date, open, high, low, close, volume];
  const rows = keep === "all" ? binsBetween(core, date, intervalMs) : date.length;
  const outputs = inputs.map(({ type }) => core.allocateColumn(type, rows));
  const count = core.call(
    "timeResample",
    date.length,
    ...inputs.map(({ pointer }) => pointer),
    intervalMs,
    label === "right" ? intervalMs : 0,
    Number(keep === "all"),
    ...outputs.map(({ pointer }) => pointer),
  );
  const cut = (index: number, column: PlacedColumn): PlacedColumn => ({
    ...column,
    pointer: outputs[index]?.pointer ?? column.pointer,
    length: count,
  });
  return {
    date: cut(0, date),
    open: cut(1, open),
    high: cut(2, high),
    low: cut(3, low),
    close: cut(4, close),
    volume: cut(5, volume),
  };
}

function binsBetween(core: CoreMemory, date: PlacedColumn, intervalMs: number): number {
  const dates = core.view(date);
  const spanMs = Number(dates[date.length - 1] ?? 0) - Number(dates[0] ?? 0);
  const bins = Math.floor(spanMs / intervalMs) + 2;
  if (bins <= ROWS_MAX) return bins;
  throw new RangeError(`Cannot resample: ${bins} candles, allowed are ${ROWS_MAX}`);
}

/**
 * A series spread over a grid of `stepMs` from its first key to its last, read at `date`: its own values,
 * straight lines in time between them, the last known one behind them; NaN off the grid. This is pandas'
 * resample(step).interpolate("time") merged on the date. It looks ahead by one step of `keys`.
 */
export function interpolateRows(
  core: CoreMemory,
  date: PlacedColumn,
  series: { readonly keys: PlacedColumn; readonly values: PlacedColumn },
  stepMs: number,
): PlacedColumn {
  if (!(stepMs >= 1)) {
    throw new RangeError(`Cannot interpolate: stepMs is ${stepMs}, expected at least 1`);
  }
  const { keys, values } = series;
  const out = core.allocateColumn("f64", date.length);
  const pointers = [date.length, date.pointer, keys.length, keys.pointer, values.pointer];
  core.call("timeInterpolate", ...pointers, stepMs, out.pointer);
  return out;
}

/** The smallest distance between neighbouring dates, NaN with fewer than two: how libraries guess a timeframe. */
export function smallestStepMs(core: CoreMemory, date: PlacedColumn): number {
  const dates = core.view(date);
  let least = NaN;
  for (let i = 1; i < dates.length; i++) {
    const step = Number(dates[i]) - Number(dates[i - 1]);
    if (!(step >= least)) least = step;
  }
  return least;
}
