import type { TradeResult } from "../../../core-wasm/engine_types.ts";

/** Columns of equal length. */
export interface DatedProfits {
  /** Epoch milliseconds. */
  readonly date: Float64Array;
  readonly profit: Float64Array;
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

/** Row 0 stands before the first profit and carries its date. */
interface Extreme {
  readonly peak: number;
  readonly trough: number;
  readonly high: number;
  readonly low: number;
  readonly account: number;
}

const FLAT: Extreme = { peak: 0, trough: 0, high: 0, low: 0, account: 0 };

/**
 * The deepest drawdown by amount, or by share of the balance when `relative`; the first of equal
 * ones. Null without rows. Rows of one date keep their order.
 */
export function maxDrawdown(
  profits: DatedProfits,
  startingBalance: number,
  options: { relative?: boolean } = {},
): Drawdown | null {
  const { date, profit } = sortByDate(profits);
  if (date.length === 0) return null;
  const deepest = findDeepest(profit, startingBalance, options.relative ?? false);
  const dateOf = (row: number) => date[Math.max(row - 1, 0)] ?? NaN;
  return {
    abs: Math.abs(deepest.low - deepest.high),
    account: deepest.account,
    highDate: dateOf(deepest.peak),
    lowDate: dateOf(deepest.trough),
    high: deepest.high,
    low: deepest.low,
  };
}

export function closedProfits(trades: readonly TradeResult[]): DatedProfits {
  return {
    date: Float64Array.from(trades, (trade) => trade.closeDate),
    profit: Float64Array.from(trades, (trade) => trade.profitAbs),
  };
}

function findDeepest(profit: Float64Array, balance: number, relative: boolean): Extreme {
  let deepest = FLAT;
  let depth = 0;
  let cumulative = 0;
  let high = 0;
  let peak = 0;
  for (let index = 0; index < profit.length; index++) {
    cumulative += profit[index] ?? NaN;
    if (cumulative > high) {
      high = cumulative;
      peak = index + 1;
    }
    const account = (balance + high - (balance + cumulative)) / (balance + high);
    const fall = relative ? account : high - cumulative;
    if (fall > depth) {
      depth = fall;
      deepest = { peak, trough: index + 1, high, low: cumulative, account };
    }
  }
  return deepest;
}

function sortByDate(profits: DatedProfits): DatedProfits {
  const { date, profit } = profits;
  if (date.every((value, index) => index === 0 || value >= (date[index - 1] ?? NaN))) {
    return profits;
  }
  const order = Array.from(date.keys()).sort((a, b) => (date[a] ?? NaN) - (date[b] ?? NaN));
  return {
    date: Float64Array.from(order, (index) => date[index] ?? NaN),
    profit: Float64Array.from(order, (index) => profit[index] ?? NaN),
  };
}
