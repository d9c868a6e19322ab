/** Candles as the lines of a CSV file that the reader here reads back bit by bit. */

import type { CandleColumns } from "../candles/columns.ts";

export const CSV_HEADER = "timestamp_ms,open,high,low,close,volume\n";

/** A number's shortest text names exactly that number; one that is missing is an empty cell. */
export function toCsvLines({ time, open, high, low, close, volume }: CandleColumns): string {
  let text = "";
  for (let row = 0; row < time.length; row++) {
    text += `${time[row]},${cellOf(open[row])},${cellOf(high[row])},${cellOf(low[row])},` +
      `${cellOf(close[row])},${cellOf(volume[row])}\n`;
  }
  return text;
}

function cellOf(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? "" : String(value);
}
