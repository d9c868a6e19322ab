/** The grid a file's candles stand on: their timeframe, its offset, and the order of the rows. */

import type { CandleType } from "../candles/columns.ts";
import { CandleFileError, quoteCell } from "./candle_file_error.ts";
import {
  deduceTimeframe,
  floorToTimeframe,
  isCalendar,
  timeframeMs,
} from "../candles/timeframe.ts";

export interface CandleGrid {
  readonly timeframe: string;
  readonly stepMs: number;
  /** Of the candles' opens from whole steps since the epoch, milliseconds. */
  readonly offsetMs: number;
  /** Times are moved to the start of the period they lie in. */
  readonly floors: boolean;
  /** 1 when the file's rows ascend, -1 when the newest comes first. */
  readonly direction: 1 | -1;
}

/** Exchanges open candles of hours and days at any quarter of an hour, of minutes never. */
const OFFSET_UNIT_MS = 15 * 60_000;

/** Reads the grid off a file's first times. `timeframe` is what the name or the user says. */
export function findGrid(
  times: readonly number[],
  fileName: string,
  options: { timeframe?: string; candleType: CandleType },
): CandleGrid {
  const funding = options.candleType === "funding_rate";
  const deduced = deduceTimeframe(times);
  // A rate is due every some hours, whatever the timeframe of the series is called.
  const timeframe = options.timeframe ?? (funding ? "1h" : deduced);
  if (!timeframe) {
    throw new CandleFileError(
      `Cannot tell the timeframe of ${quoteCell(fileName)} from its rows: name it`,
    );
  }
  const stepMs = timeframeMs(timeframe);
  if (deduced && !funding && timeframeMs(deduced) < stepMs) {
    throw new CandleFileError(
      `Cannot read ${quoteCell(fileName)} as ${timeframe} candles: its rows are ${deduced} apart`,
    );
  }
  const direction = isDescending(times) ? -1 : 1;
  if (funding || isCalendar(timeframe)) {
    return { timeframe, stepMs, offsetMs: 0, floors: true, direction };
  }
  const offsetMs = commonest(times.map((time) => time % stepMs));
  const unit = Math.min(stepMs, OFFSET_UNIT_MS);
  if (offsetMs % unit !== 0) {
    throw new CandleFileError(
      `Cannot read ${quoteCell(fileName)} as ${timeframe} candles: most open ` +
        `${(offsetMs % unit) / 1_000} s off the grid`,
    );
  }
  return { timeframe, stepMs, offsetMs, floors: false, direction };
}

/** The open of the candle that a file's time means; NaN when it is off the grid. */
export function openOnGrid(time: number, grid: CandleGrid): number {
  if (grid.floors) return floorToTimeframe(time, grid.timeframe);
  return (time - grid.offsetMs) % grid.stepMs === 0 ? time : NaN;
}

function isDescending(times: readonly number[]): boolean {
  let sum = 0;
  for (let i = 1; i < times.length; i++) {
    sum += Math.sign((times[i] ?? NaN) - (times[i - 1] ?? NaN));
  }
  return sum < 0;
}

function commonest(values: readonly number[]): number {
  const counts = new Map<number, number>();
  let [best, bestCount] = [0, 0];
  for (const value of values) {
    const count = (counts.get(value) ?? 0) + 1;
    counts.set(value, count);
    if (count > bestCount) [best, bestCount] = [value, count];
  }
  return best;
}
