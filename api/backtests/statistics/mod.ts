/**
 * What a report says of a run: totals, groups, calendar periods, ratios, drawdowns, wallet.
 *
 * Every figure equals freqtrade 2026.9's digit for digit, because sums run in the order of the
 * library that makes them there: numpy's pairwise sum for totals and means, bottleneck's plain sums
 * for standard deviations, numpy's `reduceat` for daily sums, Python's plain sum for the volume. Only
 * `pValue` may differ from scipy's, by 1e-12 of itself. Trades that close together keep their order.
 *
 * @module
 */
export { dateText, durationText, longDurationText, shortDurationText } from "./durations.ts";
export { type Drawdown, maxDrawdown } from "./drawdown.ts";
export { type GroupLine, TOTAL_KEY } from "./groups.ts";
export type { HoldingStatistics, HoldingTimes } from "./holding.ts";
export { marketChange, type PairCloses } from "./market_change.ts";
export { formatFixed } from "./numeric.ts";
export { type Breakdown, BREAKDOWNS, type DailyStatistics, type PeriodLine } from "./periods.ts";
export type { Period } from "./ratios.ts";
export {
  type DrawdownStatistics,
  type GroupTables,
  type StatisticsContext,
  type StrategyStatistics,
  strategyStatistics,
} from "./statistics.ts";
export { type WalletStatistics, walletStatistics } from "./wallet.ts";
