/** Rows of a candle file that were not taken, and why. */

export const BAD_ROW_REASONS = [
  "column_count",
  "time",
  "number",
  "negative",
  "zero_price",
  "high_below_low",
  "off_grid",
  "unordered",
  "conflicting_duplicate",
] as const;

export type BadRowReason = typeof BAD_ROW_REASONS[number];

export interface BadRow {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly reason: BadRowReason;
}

/** The first of them by line; `count` counts all. */
export interface BadRows {
  count: number;
  readonly rows: BadRow[];
  readonly reasons: Partial<Record<BadRowReason, number>>;
}

/** How many bad rows a report lists. */
export const BAD_ROWS_LISTED_MAX = 100;

export function noBadRows(): BadRows {
  return { count: 0, rows: [], reasons: {} };
}

export function addBadRow(bad: BadRows, line: number, reason: BadRowReason): void {
  bad.count++;
  bad.reasons[reason] = (bad.reasons[reason] ?? 0) + 1;
  if (bad.rows.length < BAD_ROWS_LISTED_MAX) bad.rows.push({ line, reason });
}
