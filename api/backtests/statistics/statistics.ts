/** Everything a report says about one strategy's run. */
import type { EngineCounters, EngineResult, TradeResult } from "../../../core-wasm/engine_types.ts";
import { closedProfits, maxDrawdown } from "./drawdown.ts";
import { type GroupBase, type GroupLine, mixedTagLines, pairLines, tagLines } from "./groups.ts";
import { type HoldingStatistics, holdingStatistics } from "./holding.ts";
import { mean, median, pairwiseSum, roundExact } from "./numeric.ts";
import {
  type Breakdown,
  type DailyStatistics,
  dailyStatistics,
  periodBreakdown,
  type PeriodLine,
} from "./periods.ts";
import {
  annualGrowth,
  calmar,
  type Expectancy,
  expectancyOf,
  meanProfitPValue,
  type Period,
  profitFactor,
  sharpe,
  sortino,
  systemQuality,
  wholeDays,
} from "./ratios.ts";
import { type WalletStatistics, walletStatistics } from "./wallet.ts";

export interface StatisticsContext {
  /** Every pair that had candles, in whitelist order. */
  readonly pairs: readonly string[];
  readonly startingBalance: number;
  /** As `marketChange` gives it. */
  readonly marketChange: number;
  /** Infinity for no limit. */
  readonly maxOpenTrades: number;
}

/** Amounts are in stake currency, ratios are fractions unless a name says `Pct`. */
export interface StrategyStatistics extends Expectancy {
  readonly groups: GroupTables;
  readonly bestPair: GroupLine | null;
  readonly worstPair: GroupLine | null;
  readonly totalTrades: number;
  readonly tradeCountLong: number;
  readonly tradeCountShort: number;
  readonly totalVolume: number;
  readonly avgStakeAmount: number;
  readonly profitMean: number;
  readonly profitMedian: number;
  readonly profitTotal: number;
  readonly profitTotalLong: number;
  readonly profitTotalShort: number;
  readonly profitTotalAbs: number;
  readonly profitTotalLongAbs: number;
  readonly profitTotalShortAbs: number;
  readonly cagr: number;
  readonly sortino: number;
  readonly sharpe: number;
  readonly calmar: number;
  readonly sqn: number;
  readonly pValue: number;
  readonly profitFactor: number;
  readonly walletStats: WalletStatistics | null;
  readonly period: Period;
  readonly backtestDays: number;
  readonly tradesPerDay: number;
  readonly marketChange: number;
  readonly startingBalance: number;
  readonly finalBalance: number;
  readonly maxOpenTrades: number;
  readonly counters: EngineCounters;
  readonly periodicBreakdown: Record<Breakdown, readonly PeriodLine[]> | null;
  readonly daily: DailyStatistics;
  readonly holding: HoldingStatistics;
  readonly drawdown: DrawdownStatistics | null;
}

export interface GroupTables {
  readonly perPair: readonly GroupLine[];
  readonly perEnterTag: readonly GroupLine[];
  readonly perExitReason: readonly GroupLine[];
  readonly perMixedTag: readonly GroupLine[];
  readonly leftOpen: readonly GroupLine[];
}

/** Null without trades. Dates are epoch milliseconds. */
export interface DrawdownStatistics {
  readonly maxDrawdownAccount: number;
  readonly maxRelativeDrawdown: number;
  readonly maxDrawdownAbs: number;
  readonly drawdownStartTs: number;
  readonly drawdownEndTs: number;
  readonly drawdownDurationS: number;
  readonly maxDrawdownLow: number;
  readonly maxDrawdownHigh: number;
  /** Lowest and highest balance after a closed trade. */
  readonly csumMin: number;
  readonly csumMax: number;
}

/** Computes every figure of the run; `breakdown: false` leaves the calendar tables out. */
export function strategyStatistics(
  result: EngineResult,
  context: StatisticsContext,
  options: { breakdown?: boolean } = {},
): StrategyStatistics {
  const { trades } = result;
  const { startingBalance: balance, pairs } = context;
  const period = { start: result.backtestStart, end: result.backtestEnd };
  const groups = groupTables(trades, pairs, { balance, period });
  const closed = closedProfits(trades);
  const profits = closed.profit;
  const ratios = Float64Array.from(trades, (trade) => trade.profitRatio);
  const stakes = Float64Array.from(trades, (trade) => trade.stakeAmount);
  const days = wholeDays(period);
  const traded = trades.length > 0;
  return {
    groups,
    ...pairExtremes(groups.perPair),
    totalTrades: trades.length,
    ...sideTotals(trades, balance),
    totalVolume: tradedVolume(trades),
    avgStakeAmount: traded ? mean(stakes) : 0,
    profitMean: traded ? mean(ratios) : 0,
    profitMedian: traded ? median(ratios) : 0,
    cagr: annualGrowth({ starting: balance, final: result.finalBalance }, days, 0),
    ...expectancyOf(profits),
    sortino: sortino(profits, balance, period),
    sharpe: sharpe(profits, balance, period),
    calmar: calmar(closed, balance, period),
    sqn: systemQuality(profits, balance),
    pValue: meanProfitPValue(profits, balance),
    profitFactor: profitFactor(profits),
    walletStats: walletStatistics(result.equity),
    period,
    backtestDays: days,
    tradesPerDay: roundExact(trades.length / days, 2),
    marketChange: context.marketChange,
    startingBalance: balance,
    finalBalance: result.finalBalance,
    maxOpenTrades: Math.min(context.maxOpenTrades, pairs.length),
    counters: result.counters,
    periodicBreakdown: options.breakdown === false ? null : periodBreakdown(trades),
    daily: dailyStatistics(trades),
    holding: holdingStatistics(trades),
    drawdown: drawdownStatistics(trades, balance),
  };
}

function groupTables(
  trades: readonly TradeResult[],
  pairs: readonly string[],
  base: GroupBase,
): GroupTables {
  const leftOpen = trades.filter((trade) => trade.exitReason === "force_exit");
  return {
    perPair: pairLines(pairs, trades, base),
    perEnterTag: tagLines((trade) => trade.enterTag, trades, base),
    perExitReason: tagLines((trade) => trade.exitReason, trades, base),
    perMixedTag: mixedTagLines(trades, base),
    leftOpen: pairLines(pairs, leftOpen, base, { tradedOnly: true }),
  };
}

function pairExtremes(
  lines: readonly GroupLine[],
): Pick<StrategyStatistics, "bestPair" | "worstPair"> {
  const [first, ...rest] = lines.slice(0, -1);
  if (first === undefined) return { bestPair: null, worstPair: null };
  const worst = rest.reduce((a, b) => b.profitTotalAbs < a.profitTotalAbs ? b : a, first);
  return { bestPair: first, worstPair: worst };
}

function sideTotals(trades: readonly TradeResult[], balance: number) {
  const longs = trades.filter((trade) => !trade.isShort);
  const shorts = trades.filter((trade) => trade.isShort);
  const all = pairwiseSum(profitsOf(trades));
  const long = pairwiseSum(profitsOf(longs));
  const short = pairwiseSum(profitsOf(shorts));
  return {
    tradeCountLong: longs.length,
    tradeCountShort: shorts.length,
    profitTotal: all / balance,
    profitTotalLong: long / balance,
    profitTotalShort: short / balance,
    profitTotalAbs: all,
    profitTotalLongAbs: long,
    profitTotalShortAbs: short,
  };
}

/** Python's plain sum: per trade first, then over the trades. */
function tradedVolume(trades: readonly TradeResult[]): number {
  return trades.reduce(
    (sum, trade) => sum + trade.orders.reduce((cost, order) => cost + order.cost, 0),
    0,
  );
}

function drawdownStatistics(
  trades: readonly TradeResult[],
  balance: number,
): DrawdownStatistics | null {
  const dated = closedProfits(trades);
  const deepest = maxDrawdown(dated, balance);
  const underwater = maxDrawdown(dated, balance, { relative: true });
  if (deepest === null || underwater === null) return null;
  const sums = runningSums(trades);
  return {
    maxDrawdownAccount: deepest.account,
    maxRelativeDrawdown: underwater.account,
    maxDrawdownAbs: deepest.abs,
    drawdownStartTs: deepest.highDate,
    drawdownEndTs: deepest.lowDate,
    drawdownDurationS: (deepest.lowDate - deepest.highDate) / 1000,
    maxDrawdownLow: deepest.low,
    maxDrawdownHigh: deepest.high,
    csumMin: sums.reduce((a, b) => Math.min(a, b)) + balance,
    csumMax: sums.reduce((a, b) => Math.max(a, b)) + balance,
  };
}

function runningSums(trades: readonly TradeResult[]): number[] {
  let sum = 0;
  return trades.map((trade) => sum += trade.profitAbs);
}

function profitsOf(trades: readonly TradeResult[]): Float64Array {
  return Float64Array.from(trades, (trade) => trade.profitAbs);
}
