/** Which candles of a pair a run sees, and which of them only feed its indicators. */
import type { CandleColumns } from "../../../core-wasm/engine_gaps.ts";

/** Both ends inclusive by candle open, epoch milliseconds; null is open. */
export interface RunRange {
  readonly start: number | null;
  readonly stop: number | null;
}

export interface HistoryRule {
  readonly range: RunRange;
  readonly timeframeMs: number;
  /** Candles wanted before the start. */
  readonly startupCandles: number;
}

/** The candles to load: the range and, before its start, those that only feed indicators. */
export function cutHistory(candles: CandleColumns, rule: HistoryRule): CandleColumns {
  const { range, startupCandles, timeframeMs } = rule;
  const first = range.start === null ? -Infinity : range.start - startupCandles * timeframeMs;
  const last = range.stop ?? Infinity;
  const from = firstIndex(candles.date, (date) => date >= first);
  const to = firstIndex(candles.date, (date) => date > last);
  if (from === 0 && to === candles.date.length) return candles;
  return {
    date: candles.date.subarray(from, to),
    open: candles.open.subarray(from, to),
    high: candles.high.subarray(from, to),
    low: candles.low.subarray(from, to),
    close: candles.close.subarray(from, to),
    volume: candles.volume.subarray(from, to),
  };
}

/** Index of the first element that passes; all that follow it pass too. */
function firstIndex(dates: Float64Array, passes: (date: number) => boolean): number {
  let low = 0;
  let high = dates.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (passes(dates[middle] ?? NaN)) high = middle;
    else low = middle + 1;
  }
  return low;
}
