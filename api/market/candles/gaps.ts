/** Missing candles: found, told, and filled as freqtrade fills them. */

import {
  allocateCandles,
  CANDLE_COLUMNS,
  type CandleColumns,
  type CandleType,
  copyRow,
} from "./columns.ts";
import { missingOpens, type Session } from "./session.ts";
import { isCalendar, timeframeMs } from "./timeframe.ts";

/** Candles missing from `from` to `to`, both opens of missing candles. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  readonly missing: number;
}

export interface GapRules {
  readonly timeframe: string;
  readonly session: Session;
  /** Funding rates have no grid, so nothing is missing among them. */
  readonly candleType?: CandleType;
}

/** The gaps inside these candles, oldest first. */
export function findGaps(times: Float64Array, rules: GapRules): Gap[] {
  const gaps: Gap[] = [];
  if (isWhole(times, rules)) return gaps;
  for (let row = 1; row < times.length; row++) {
    const gap = gapBetween(times[row - 1] ?? NaN, times[row] ?? NaN, rules);
    if (gap) gaps.push(gap);
  }
  return gaps;
}

/** The gap between two neighbours, undefined when none is missing. */
export function gapBetween(previous: number, next: number, rules: GapRules): Gap | undefined {
  if (rules.candleType === "funding_rate") return undefined;
  let [from, to, missing] = [NaN, NaN, 0];
  for (const open of missingOpens(previous, next, rules)) {
    if (missing === 0) from = open;
    to = open;
    missing++;
  }
  return missing === 0 ? undefined : { from, to, missing };
}

/**
 * Inserts the candles missing between the first and the last: open, high, low and close are the
 * close before, the volume is 0. Answers the same columns when nothing is missing.
 */
export function fillGaps(candles: CandleColumns, rules: GapRules): CandleColumns {
  const gaps = findGaps(candles.time, rules);
  const missing = gaps.reduce((sum, gap) => sum + gap.missing, 0);
  if (missing === 0) return candles;
  const rows = candles.time.length;
  const filled = allocateCandles(rows + missing);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    copyRow(candles, row, filled, at++);
    const [open = NaN, next = NaN] = candles.time.subarray(row, row + 2);
    if (Number.isNaN(next)) break;
    for (const time of missingOpens(open, next, rules)) {
      const close = candles.close[row] ?? NaN;
      for (const name of CANDLE_COLUMNS) filled[name][at] = close;
      filled.time[at] = time;
      filled.volume[at++] = 0;
    }
  }
  return filled;
}

function isWhole(times: Float64Array, { timeframe, candleType }: GapRules): boolean {
  if (candleType === "funding_rate" || times.length < 2) return true;
  if (isCalendar(timeframe)) return false;
  const span = (times[times.length - 1] ?? NaN) - (times[0] ?? NaN);
  return span === (times.length - 1) * timeframeMs(timeframe);
}
