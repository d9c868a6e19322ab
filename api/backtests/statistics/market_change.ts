import { mean } from "./numeric.ts";

export interface PairCloses {
  /** Epoch milliseconds, ascending, startup candles included. */
  readonly date: Float64Array;
  readonly close: Float64Array;
}

/** The pairs' mean change from their first to their last close at or after `start`. */
export function marketChange(pairs: Iterable<PairCloses>, start: number): number {
  const changes: number[] = [];
  for (const { date, close } of pairs) {
    const first = close[date.findIndex((value, row) => value >= start && isKnown(close[row]))];
    const last = close[date.findLastIndex((value, row) => value >= start && isKnown(close[row]))];
    if (first !== undefined && last !== undefined) changes.push((last - first) / first);
  }
  return changes.length === 0 ? 0 : mean(Float64Array.from(changes));
}

function isKnown(value: number | undefined): boolean {
  return value !== undefined && !Number.isNaN(value);
}
