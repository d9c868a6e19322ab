/** One line of figures per pair, tag or reason, and a total. */
import type { TradeResult } from "../../../core-wasm/engine_types.ts";
import { closedProfits, maxDrawdown } from "./drawdown.ts";
import { durationText } from "./durations.ts";
import { mean, pairwiseSum, roundHalfEven, roundScaled } from "./numeric.ts";
import {
  annualGrowth,
  calmar,
  expectancyOf,
  meanProfitPValue,
  type Period,
  profitFactor,
  sharpe,
  sortino,
  systemQuality,
  wholeDays,
} from "./ratios.ts";

export interface GroupLine {
  /** A pair, a tag, a reason, `[tag, reason]`, or "TOTAL". */
  readonly key: string | readonly string[];
  readonly trades: number;
  readonly profitMean: number;
  readonly profitMeanPct: number;
  readonly profitTotalAbs: number;
  readonly profitTotal: number;
  readonly profitTotalPct: number;
  /** `h:mm:ss`, with days in front when there are some. */
  readonly durationAvg: string;
  readonly wins: number;
  readonly draws: number;
  readonly losses: number;
  readonly winrate: number;
  readonly cagr: number;
  readonly expectancy: number;
  readonly expectancyRatio: number;
  readonly sortino: number;
  readonly sharpe: number;
  readonly calmar: number;
  readonly sqn: number;
  readonly pValue: number;
  readonly profitFactor: number;
  readonly maxDrawdownAccount: number;
  readonly maxDrawdownAbs: number;
}

export interface GroupBase {
  readonly balance: number;
  readonly period: Period;
}

export const TOTAL_KEY = "TOTAL";

export function groupLine(
  key: GroupLine["key"],
  trades: readonly TradeResult[],
  { balance, period }: GroupBase,
): GroupLine {
  const closed = closedProfits(trades);
  const profits = closed.profit;
  const total = pairwiseSum(profits);
  const profitMean = trades.length > 0
    ? mean(Float64Array.from(trades, (trade) => trade.profitRatio))
    : 0;
  const wins = profits.filter((profit) => profit > 0).length;
  const losses = profits.filter((profit) => profit < 0).length;
  const drawdown = maxDrawdown(closed, balance);
  return {
    key,
    trades: trades.length,
    profitMean,
    profitMeanPct: roundScaled(profitMean * 100, 2),
    profitTotalAbs: total,
    profitTotal: total / balance,
    profitTotalPct: roundScaled(total / balance * 100, 2),
    durationAvg: averageDuration(trades),
    wins,
    draws: trades.length - wins - losses,
    losses,
    winrate: trades.length > 0 ? wins / trades.length : 0,
    cagr: annualGrowth({ starting: balance, final: balance + total }, wholeDays(period), Infinity),
    ...expectancyOf(profits),
    sortino: sortino(profits, balance, period),
    sharpe: sharpe(profits, balance, period),
    calmar: calmar(closed, balance, period),
    sqn: systemQuality(profits, balance),
    pValue: meanProfitPValue(profits, balance),
    profitFactor: profitFactor(profits),
    maxDrawdownAccount: drawdown?.account ?? 0,
    maxDrawdownAbs: drawdown?.abs ?? 0,
  };
}

/** A line per pair, best first, then the total; with `tradedOnly` pairs without trades are left out. */
export function pairLines(
  pairs: readonly string[],
  trades: readonly TradeResult[],
  base: GroupBase,
  options: { tradedOnly?: boolean } = {},
): GroupLine[] {
  const byPair = Map.groupBy(trades, (trade) => trade.pair);
  const lines: GroupLine[] = [];
  for (const pair of pairs) {
    const own = byPair.get(pair) ?? [];
    if (options.tradedOnly && own.length === 0) continue;
    lines.push(groupLine(pair, own, base));
  }
  return withTotal(lines, trades, base);
}

/** A line per value of `keyOf`, best first, then the total; trades whose key is null are left out. */
export function tagLines(
  keyOf: (trade: TradeResult) => string | null,
  trades: readonly TradeResult[],
  base: GroupBase,
): GroupLine[] {
  const groups = [...Map.groupBy(trades, keyOf)].filter(([key]) => key !== null);
  groups.sort(([a], [b]) => compareCodePoints(a ?? "", b ?? ""));
  return withTotal(groups.map(([key, own]) => groupLine(key ?? "", own, base)), trades, base);
}

/** A line per pair of entry tag and exit reason. */
export function mixedTagLines(trades: readonly TradeResult[], base: GroupBase): GroupLine[] {
  const tagged = trades.filter((trade) => trade.enterTag !== null);
  const byTag = [...Map.groupBy(tagged, (trade) => trade.enterTag ?? "")];
  byTag.sort(([a], [b]) => compareCodePoints(a, b));
  const lines = byTag.flatMap(([tag, own]) => {
    const byReason = [...Map.groupBy(own, (trade) => trade.exitReason)];
    byReason.sort(([a], [b]) => compareCodePoints(a, b));
    return byReason.map(([reason, both]) => groupLine([tag, reason], both, base));
  });
  return withTotal(lines, trades, base);
}

function withTotal(
  lines: readonly GroupLine[],
  trades: readonly TradeResult[],
  base: GroupBase,
): GroupLine[] {
  const sorted = [...lines].sort((a, b) => b.profitTotalAbs - a.profitTotalAbs);
  return [...sorted, groupLine(TOTAL_KEY, trades, base)];
}

function averageDuration(trades: readonly TradeResult[]): string {
  if (trades.length === 0) return "0:00";
  const minutes = mean(Float64Array.from(trades, (trade) => trade.tradeDuration));
  return durationText(roundHalfEven(minutes) * 60);
}

/** Python orders text by code point, JavaScript by UTF-16 unit. */
function compareCodePoints(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  const shared = Math.min(left.length, right.length);
  for (let i = 0; i < shared; i++) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
