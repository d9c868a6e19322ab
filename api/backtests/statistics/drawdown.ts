import type { TradeResult } from "../../../core-wasm/engine_types.ts";

export interface DatedProfit {
  /** Epoch milliseconds. */
  readonly date: number;
  readonly profit: number;
}

export interface Drawdown {
  /** Largest fall below the running maximum, positive, in stake currency. */
  readonly abs: number;
  /** The fall at the trough as a share of the balance at the peak. */
  readonly account: number;
  readonly highDate: number;
  readonly lowDate: number;
  /** Cumulated profit at peak and trough. */
  readonly high: number;
  readonly low: number;
}

interface Row {
  readonly cumulative: number;
  readonly high: number;
  readonly relative: number;
}

/**
 * The deepest drawdown by amount, or by share of the balance when `relative`. Null without rows.
 * Rows of one date keep their order; a leading row of zero carries the first row's date.
 */
export function maxDrawdown(
  profits: readonly DatedProfit[],
  startingBalance: number,
  options: { relative?: boolean } = {},
): Drawdown | null {
  const sorted = [...profits].sort((a, b) => a.date - b.date);
  if (sorted.length === 0) return null;
  const rows = cumulate(sorted, startingBalance);
  const trough = options.relative
    ? firstMaximum(rows, (row) => row.relative)
    : firstMaximum(rows, (row) => row.high - row.cumulative);
  const peak = firstMaximum(rows.slice(0, trough + 1), (row) => row.high);
  const dateOf = (index: number) => sorted[Math.max(index - 1, 0)]?.date ?? NaN;
  const low = rowAt(rows, trough);
  return {
    abs: Math.abs(low.cumulative - low.high),
    account: low.relative,
    highDate: dateOf(peak),
    lowDate: dateOf(trough),
    high: rowAt(rows, peak).cumulative,
    low: low.cumulative,
  };
}

export function closedProfits(trades: readonly TradeResult[]): DatedProfit[] {
  return trades.map((trade) => ({ date: trade.closeDate, profit: trade.profitAbs }));
}

function cumulate(profits: readonly DatedProfit[], startingBalance: number): Row[] {
  const rows: Row[] = [{ cumulative: 0, high: 0, relative: 0 }];
  let cumulative = 0;
  let high = 0;
  for (const [index, { profit }] of profits.entries()) {
    cumulative = index === 0 ? profit : cumulative + profit;
    high = Math.max(high, cumulative);
    const peakBalance = startingBalance + high;
    const relative = (peakBalance - (startingBalance + cumulative)) / peakBalance;
    rows.push({ cumulative, high, relative });
  }
  return rows;
}

function firstMaximum(rows: readonly Row[], measure: (row: Row) => number): number {
  let best = 0;
  let bestValue = -Infinity;
  for (const [index, row] of rows.entries()) {
    const value = measure(row);
    if (value > bestValue) {
      best = index;
      bestValue = value;
    }
  }
  return best;
}

function rowAt(rows: readonly Row[], index: number): Row {
  const row = rows[index];
  if (row === undefined) throw new RangeError(`The drawdown series has no row ${index}`);
  return row;
}
