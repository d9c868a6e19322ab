/** Performance ratios over closed trades; profits are in stake currency. */
import { type DatedProfits, maxDrawdown } from "./drawdown.ts";
import { mean, pairwiseSum, roundScaled, standardDeviation } from "./numeric.ts";
import { twoSidedP } from "./student_t.ts";

const DAY_MS = 86_400_000;
const DAYS_A_YEAR = 365;
/** What a ratio is when its divisor is zero or undefined: a value nobody takes for a good one. */
export const UNDEFINED_RATIO = -100;

export interface Period {
  /** Epoch milliseconds. */
  readonly start: number;
  readonly end: number;
}

export function wholeDays({ start, end }: Period): number {
  return Math.max(1, Math.floor((end - start) / DAY_MS));
}

/** `value / divisor` scaled from days to a year. */
export function annualize(value: number, divisor: number): number {
  if (divisor === 0 || Number.isNaN(divisor)) return UNDEFINED_RATIO;
  return value / divisor * Math.sqrt(DAYS_A_YEAR);
}

export function sharpe(profits: Float64Array, balance: number, period: Period): number {
  if (profits.length === 0 || period.start === period.end) return 0;
  const returns = profits.map((profit) => profit / balance);
  const expected = pairwiseSum(returns) / wholeDays(period);
  return annualize(expected, standardDeviation(returns, 0));
}

export function sortino(profits: Float64Array, balance: number, period: Period): number {
  if (profits.length === 0 || period.start === period.end) return 0;
  const returns = profits.map((profit) => profit / balance);
  const expected = pairwiseSum(returns) / wholeDays(period);
  const losses = profits.filter((profit) => profit < 0).map((profit) => profit / balance);
  return annualize(expected, standardDeviation(losses, 0));
}

export function calmar(closed: DatedProfits, balance: number, period: Period): number {
  if (closed.profit.length === 0 || period.start === period.end) return 0;
  const expected = pairwiseSum(closed.profit) / balance / wholeDays(period) * 100;
  return annualize(expected, maxDrawdown(closed, balance)?.account ?? NaN);
}

/** Van Tharp's system quality number, 4 decimals. */
export function systemQuality(profits: Float64Array, balance: number): number {
  if (profits.length === 0) return 0;
  const returns = profits.map((profit) => profit / balance);
  const deviation = standardDeviation(returns, 1);
  if (deviation === 0 || Number.isNaN(deviation)) return UNDEFINED_RATIO;
  return roundScaled(Math.sqrt(returns.length) * (mean(returns) / deviation), 4);
}

/** Two-sided p-value of the hypothesis that the mean profit is zero; 1 when it cannot be told. */
export function meanProfitPValue(profits: Float64Array, balance: number): number {
  if (profits.length < 2) return 1;
  const returns = profits.map((profit) => profit / balance);
  if (standardDeviation(returns, 1) === 0) return 1;
  const average = mean(returns);
  const squares = returns.map((value) => (value - average) * (value - average));
  const variance = pairwiseSum(squares) / (returns.length - 1);
  return twoSidedP(average / Math.sqrt(variance / returns.length), returns.length - 1);
}

/** Compound annual growth; `overflow` is what an immeasurable growth counts as. */
export function annualGrowth(
  balances: { readonly starting: number; readonly final: number },
  days: number,
  overflow: number,
): number {
  const { starting, final } = balances;
  if (final < 0 || starting <= 0 || days <= 0) return 0;
  const growth = Math.pow(final / starting, 1 / (days / DAYS_A_YEAR));
  return Number.isFinite(growth) ? growth - 1 : overflow;
}

export interface Expectancy {
  readonly expectancy: number;
  readonly expectancyRatio: number;
}

export function expectancyOf(profits: Float64Array): Expectancy {
  if (profits.length === 0) return { expectancy: 0, expectancyRatio: 100 };
  const wins = profits.filter((profit) => profit > 0);
  const losses = profits.filter((profit) => profit < 0);
  const averageWin = wins.length > 0 ? pairwiseSum(wins) / wins.length : 0;
  const averageLoss = losses.length > 0 ? Math.abs(pairwiseSum(losses)) / losses.length : 0;
  const winRate = wins.length / profits.length;
  const lossRate = losses.length / profits.length;
  return {
    expectancy: winRate * averageWin - lossRate * averageLoss,
    expectancyRatio: averageLoss > 0 ? (1 + averageWin / averageLoss) * winRate - 1 : 100,
  };
}

/** Winnings over losses, 0 without losses. */
export function profitFactor(profits: Float64Array): number {
  const won = pairwiseSum(profits.filter((profit) => profit > 0));
  const lost = pairwiseSum(profits.filter((profit) => profit < 0));
  return lost === 0 ? 0 : won / Math.abs(lost);
}
