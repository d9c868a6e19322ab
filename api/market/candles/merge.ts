/** New candles over known ones. */

import { allocateCandles, type CandleColumns, copyRow, sameRow, viewCandles } from "./columns.ts";

export interface MergedCandles {
  readonly candles: CandleColumns;
  /** Incoming candles at times that had none. */
  readonly inserted: number;
  /** Incoming candles that differ from the one they replace. */
  readonly replaced: number;
  /** Incoming candles that were there already. */
  readonly duplicates: number;
}

/** Merges two ascending sets; where both have a candle the incoming one counts. */
export function mergeCandles(existing: CandleColumns, incoming: CandleColumns): MergedCandles {
  const [rows, others] = [existing.time.length, incoming.time.length];
  const merged = allocateCandles(rows + others);
  const counts = { inserted: 0, replaced: 0, duplicates: 0 };
  let [row, other, at] = [0, 0, 0];
  while (row < rows || other < others) {
    const [left = Infinity] = existing.time.subarray(row, row + 1);
    const [right = Infinity] = incoming.time.subarray(other, other + 1);
    if (left < right) {
      copyRow(existing, row++, merged, at++);
      continue;
    }
    if (left > right) counts.inserted++;
    else if (sameRow(existing, row++, incoming, other)) counts.duplicates++;
    else counts.replaced++;
    copyRow(incoming, other++, merged, at++);
  }
  return { candles: viewCandles(merged, 0, at), ...counts };
}
