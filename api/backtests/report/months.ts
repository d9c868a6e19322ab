/** Closed profit as a calendar: a line a year, a column a month. */
import type { PeriodLine } from "../statistics/mod.ts";

export interface MonthCell {
  readonly profitAbs: number;
  readonly trades: number;
}

export interface YearLine {
  readonly year: number;
  /** Twelve; null for months outside the run. */
  readonly months: readonly (MonthCell | null)[];
  readonly total: MonthCell;
}

const MONTHS = 12;

/** The breakdown by month, year by year. */
export function yearLines(months: readonly PeriodLine[]): YearLine[] {
  const byYear = Map.groupBy(months, ({ dateTs }) => new Date(dateTs).getUTCFullYear());
  return [...byYear].map(([year, lines]) => {
    const cells = Array.from({ length: MONTHS }, (_, month) => {
      const line = lines.find(({ dateTs }) => new Date(dateTs).getUTCMonth() === month);
      return line === undefined ? null : { profitAbs: line.profitAbs, trades: line.trades };
    });
    const total = lines.reduce((sum, { profitAbs, trades }) => ({
      profitAbs: sum.profitAbs + profitAbs,
      trades: sum.trades + trades,
    }), { profitAbs: 0, trades: 0 });
    return { year, months: cells, total };
  });
}
