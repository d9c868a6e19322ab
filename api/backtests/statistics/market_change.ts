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
    const from = date.findIndex((value) => value >= start);
    if (from < 0) continue;
    const known = close.subarray(from).filter((value) => !Number.isNaN(value));
    const first = known[0];
    const last = known.at(-1);
    if (first !== undefined && last !== undefined) changes.push((last - first) / first);
  }
  return changes.length === 0 ? 0 : mean(Float64Array.from(changes));
}
