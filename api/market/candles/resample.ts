/** Candles of a longer timeframe out of those of a shorter one. */

import { allocateCandles, type CandleColumns, viewCandles } from "./columns.ts";
import { floorToTimeframe, nextOpen, timeframeMs } from "./timeframe.ts";

/** Whether every candle of `coarse` is made of whole candles of `fine`. */
export function canResample(fine: string, coarse: string): boolean {
  const [from, to] = [timeframeMs(fine), timeframeMs(coarse)];
  if (from >= to || /[My]$/.test(fine)) return false;
  return /[My]$/.test(coarse) ? 86_400_000 % from === 0 : to % from === 0;
}

/**
 * First open, highest high, lowest low, last close, sum of volumes, labelled by open. A last
 * candle that is not over yet is left out.
 */
export function resampleCandles(
  candles: CandleColumns,
  fine: string,
  coarse: string,
): CandleColumns {
  const out = allocateCandles(candles.time.length);
  const rows = candles.time.length;
  let at = -1;
  let end = -Infinity;
  for (let row = 0; row < rows; row++) {
    const time = candles.time[row] ?? NaN;
    const [high = NaN] = candles.high.subarray(row);
    const [low = NaN] = candles.low.subarray(row);
    if (time >= end) {
      at++;
      out.time[at] = floorToTimeframe(time, coarse);
      end = nextOpen(out.time[at] ?? NaN, coarse);
      out.open[at] = candles.open[row] ?? NaN;
      out.high[at] = high;
      out.low[at] = low;
    }
    if (high > (out.high[at] ?? NaN)) out.high[at] = high;
    if (low < (out.low[at] ?? NaN)) out.low[at] = low;
    out.close[at] = candles.close[row] ?? NaN;
    out.volume[at] = (out.volume[at] ?? 0) + (candles.volume[row] ?? NaN);
  }
  const isOver = rows > 0 && nextOpen(candles.time[rows - 1] ?? NaN, fine) >= end;
  return viewCandles(out, 0, isOver ? at + 1 : Math.max(at, 0));
}
