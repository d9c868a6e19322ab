/** Closed profit by calendar period. */
import type { TradeResult } from "../../../core-wasm/engine_types.ts";
import { pairwiseSum, roundScaled, segmentSum } from "./numeric.ts";
import { profitFactor } from "./ratios.ts";

const DAY_MS = 86_400_000;
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/** 1970-01-01 was a Thursday, the fourth day counted from Monday as 0. */
const EPOCH_WEEKDAY = 3;

export const BREAKDOWNS = ["day", "week", "month", "year", "weekday"] as const;
export type Breakdown = typeof BREAKDOWNS[number];

export interface PeriodLine {
  /** `dd/mm/yyyy`, or the weekday's name. */
  readonly date: string;
  /** Epoch milliseconds, or the weekday from Monday as 0. */
  readonly dateTs: number;
  readonly profitAbs: number;
  readonly wins: number;
  readonly draws: number;
  readonly losses: number;
  readonly trades: number;
  readonly profitFactor: number;
}

export interface DailyStatistics {
  readonly backtestBestDay: number;
  readonly backtestWorstDay: number;
  readonly backtestBestDayAbs: number;
  readonly backtestWorstDayAbs: number;
  readonly winningDays: number;
  readonly drawDays: number;
  readonly losingDays: number;
  /** `[yyyy-mm-dd, profit]`, absent without trades, when `dailyProfitList` stands in for it. */
  readonly dailyProfit?: readonly (readonly [string, number])[];
  readonly dailyProfitList?: readonly [];
}

export function periodBreakdown(
  trades: readonly TradeResult[],
): Record<Breakdown, readonly PeriodLine[]> {
  return {
    day: calendarLines(trades, dayOf, nextDay),
    week: calendarLines(trades, mondayOf, (monday) => monday + 7 * DAY_MS),
    month: calendarLines(trades, monthEndOf, (end) => monthEndOf(end + DAY_MS)),
    year: calendarLines(trades, yearEndOf, (end) => yearEndOf(end + DAY_MS)),
    weekday: weekdayLines(trades),
  };
}

export function weekdayOf(ms: number): number {
  return (Math.floor(ms / DAY_MS) + EPOCH_WEEKDAY) % 7;
}

export function dailyStatistics(trades: readonly TradeResult[]): DailyStatistics {
  if (trades.length === 0) {
    return {
      backtestBestDay: 0,
      backtestWorstDay: 0,
      backtestBestDayAbs: 0,
      backtestWorstDayAbs: 0,
      winningDays: 0,
      drawDays: 0,
      losingDays: 0,
      dailyProfitList: [],
    };
  }
  const days = [...calendarGroups(trades, dayOf, nextDay)];
  const ratios = days.map(([, own]) => sumOf(own, (trade) => trade.profitRatio));
  const profits = days.map(([, own]) => roundScaled(sumOf(own, (trade) => trade.profitAbs), 10));
  return {
    backtestBestDay: largest(ratios),
    backtestWorstDay: smallest(ratios),
    backtestBestDayAbs: largest(profits),
    backtestWorstDayAbs: smallest(profits),
    winningDays: profits.filter((profit) => profit > 0).length,
    drawDays: profits.filter((profit) => profit === 0).length,
    losingDays: profits.filter((profit) => profit < 0).length,
    dailyProfit: days.map(([day], index) => [isoDay(day), profits[index] ?? 0] as const),
  };
}

function calendarLines(
  trades: readonly TradeResult[],
  labelOf: (ms: number) => number,
  next: (label: number) => number,
): PeriodLine[] {
  return [...calendarGroups(trades, labelOf, next)]
    .map(([label, own]) => periodLine(printDay(label), label, own));
}

function weekdayLines(trades: readonly TradeResult[]): PeriodLine[] {
  const groups = Map.groupBy(trades, (trade) => weekdayOf(trade.closeDate));
  return WEEKDAYS.flatMap((name, weekday) => {
    const own = groups.get(weekday);
    return own === undefined ? [] : [periodLine(name, weekday, own)];
  });
}

/** Every period from the first to the last close, in order, empty ones included. */
function* calendarGroups(
  trades: readonly TradeResult[],
  labelOf: (ms: number) => number,
  next: (label: number) => number,
): Generator<[number, readonly TradeResult[]]> {
  const sorted = [...trades].sort((a, b) => a.closeDate - b.closeDate);
  const groups = Map.groupBy(sorted, (trade) => labelOf(trade.closeDate));
  const last = largest([...groups.keys()]);
  for (let label = smallest([...groups.keys()]); label <= last; label = next(label)) {
    yield [label, groups.get(label) ?? []];
  }
}

function periodLine(date: string, dateTs: number, trades: readonly TradeResult[]): PeriodLine {
  const profits = Float64Array.from(trades, (trade) => trade.profitAbs);
  const wins = profits.filter((profit) => profit > 0).length;
  const losses = profits.filter((profit) => profit < 0).length;
  return {
    date,
    dateTs,
    profitAbs: roundScaled(pairwiseSum(profits), 10),
    wins,
    draws: profits.length - wins - losses,
    losses,
    trades: profits.length,
    profitFactor: roundScaled(profitFactor(profits), 8),
  };
}

function sumOf(trades: readonly TradeResult[], valueOf: (trade: TradeResult) => number): number {
  return segmentSum(Float64Array.from(trades, valueOf));
}

function dayOf(ms: number): number {
  return Math.floor(ms / DAY_MS) * DAY_MS;
}

function nextDay(day: number): number {
  return day + DAY_MS;
}

/** The Monday that ends the week: a week runs from Tuesday to Monday. */
function mondayOf(ms: number): number {
  return dayOf(ms) + (7 - weekdayOf(ms)) % 7 * DAY_MS;
}

function monthEndOf(ms: number): number {
  const date = new Date(ms);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0);
}

function yearEndOf(ms: number): number {
  return Date.UTC(new Date(ms).getUTCFullYear(), 11, 31);
}

function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function printDay(ms: number): string {
  const [year, month, day] = isoDay(ms).split("-");
  return `${day}/${month}/${year}`;
}

function smallest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}

function largest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity);
}
