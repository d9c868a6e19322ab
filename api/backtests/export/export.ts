/** freqtrade's backtest file: what its `load_backtest_stats` and `backtesting-show` read. */
import type { EngineResult } from "../../../core-wasm/engine_types.ts";
import type { BacktestSettings } from "../config/settings.ts";
import {
  dateText,
  durationText,
  longDurationText,
  shortDurationText,
} from "../statistics/durations.ts";
import type { GroupLine } from "../statistics/groups.ts";
import type { HoldingStatistics, HoldingTimes } from "../statistics/holding.ts";
import type { DrawdownStatistics, StrategyStatistics } from "../statistics/statistics.ts";
import type { WalletStatistics } from "../statistics/wallet.ts";
import { coinDecimals, formatAmount } from "./coin.ts";
import { snakeKeys } from "./keys.ts";
import { exportTrade } from "./trades.ts";

export interface ExportRun {
  readonly strategyName: string;
  readonly result: EngineResult;
  readonly statistics: StrategyStatistics;
  readonly settings: BacktestSettings;
  /** Every pair that had candles, in whitelist order. */
  readonly pairs: readonly string[];
  /** When the run began and ended, epoch milliseconds. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** Names the run; freqtrade finds equal runs by it. */
  readonly runId: string;
}

export interface BacktestExport {
  readonly strategy: Record<string, Record<string, unknown>>;
  readonly strategy_comparison: readonly Record<string, unknown>[];
}

/** The content of the result file, one entry per strategy. */
export function exportBacktest(runs: readonly ExportRun[]): BacktestExport {
  return {
    strategy: Object.fromEntries(runs.map((run) => [run.strategyName, exportStrategy(run)])),
    strategy_comparison: runs.map(exportComparison),
  };
}

/** The content of the `.meta.json` file freqtrade keeps beside the result file. */
export function exportMetadata(runs: readonly ExportRun[]): Record<string, unknown> {
  return Object.fromEntries(runs.map((run) => [run.strategyName, {
    run_id: run.runId,
    backtest_start_time: toSeconds(run.startedAt),
    timeframe: run.settings.timeframe,
    timeframe_detail: run.settings.timeframeDetail || null,
    backtest_start_ts: toSeconds(run.statistics.period.start),
    backtest_end_ts: toSeconds(run.statistics.period.end),
  }]));
}

/** One strategy's entry of the result file. */
export function exportStrategy(run: ExportRun): Record<string, unknown> {
  const { statistics: stats, result } = run;
  return {
    trades: result.trades.map(exportTrade),
    locks: [],
    best_pair: stats.bestPair === null ? null : snakeKeys(stats.bestPair),
    worst_pair: stats.worstPair === null ? null : snakeKeys(stats.worstPair),
    ...exportGroups(stats),
    ...exportFigures(run),
    ...exportSettings(run),
    ...(stats.periodicBreakdown === null ? {} : { periodic_breakdown: exportBreakdown(stats) }),
    ...snakeKeys(stats.daily),
    ...exportHolding(stats.holding, stats.totalTrades > 0),
    ...exportDrawdown(stats.drawdown),
  };
}

function exportGroups({ groups }: StrategyStatistics): Record<string, unknown> {
  const lines = (of: readonly GroupLine[]) => of.map(snakeKeys);
  return {
    results_per_pair: lines(groups.perPair),
    results_per_enter_tag: lines(groups.perEnterTag),
    exit_reason_summary: lines(groups.perExitReason),
    mix_tag_stats: lines(groups.perMixedTag),
    left_open_trades: lines(groups.leftOpen),
  };
}

function exportFigures({ statistics: stats, startedAt, endedAt, pairs }: ExportRun) {
  return {
    ...snakeKeys({
      totalTrades: stats.totalTrades,
      tradeCountLong: stats.tradeCountLong,
      tradeCountShort: stats.tradeCountShort,
      totalVolume: stats.totalVolume,
      avgStakeAmount: stats.avgStakeAmount,
      profitMean: stats.profitMean,
      profitMedian: stats.profitMedian,
      profitTotal: stats.profitTotal,
      profitTotalLong: stats.profitTotalLong,
      profitTotalShort: stats.profitTotalShort,
      profitTotalAbs: stats.profitTotalAbs,
      profitTotalLongAbs: stats.profitTotalLongAbs,
      profitTotalShortAbs: stats.profitTotalShortAbs,
      cagr: stats.cagr,
      expectancy: stats.expectancy,
      expectancyRatio: stats.expectancyRatio,
      sortino: stats.sortino,
      sharpe: stats.sharpe,
      calmar: stats.calmar,
      sqn: stats.sqn,
      pValue: stats.pValue,
      profitFactor: stats.profitFactor,
      backtestDays: stats.backtestDays,
      tradesPerDay: stats.tradesPerDay,
      marketChange: stats.marketChange,
      startingBalance: stats.startingBalance,
      finalBalance: stats.finalBalance,
      maxOpenTrades: stats.maxOpenTrades,
    }),
    wallet_stats: stats.walletStats === null ? {} : exportWallet(stats.walletStats),
    backtest_start: dateText(stats.period.start),
    backtest_start_ts: stats.period.start,
    backtest_end: dateText(stats.period.end),
    backtest_end_ts: stats.period.end,
    backtest_run_start_ts: toSeconds(startedAt),
    backtest_run_end_ts: toSeconds(endedAt),
    pairlist: pairs,
    rejected_signals: stats.counters.rejectedSignals,
    timedout_entry_orders: stats.counters.timedOutEntryOrders,
    timedout_exit_orders: stats.counters.timedOutExitOrders,
    canceled_trade_entries: stats.counters.canceledTradeEntries,
    canceled_entry_orders: stats.counters.canceledEntryOrders,
    replaced_entry_orders: stats.counters.replacedEntryOrders,
  };
}

function exportSettings({ settings, strategyName }: ExportRun): Record<string, unknown> {
  const { engine } = settings;
  return {
    stake_amount: engine.stakeAmount,
    stake_currency: settings.stakeCurrency,
    stake_currency_decimals: coinDecimals(settings.stakeCurrency),
    dry_run_wallet: engine.dryRunWallet,
    max_open_trades_setting: Number.isFinite(engine.maxOpenTrades) ? engine.maxOpenTrades : -1,
    timeframe: settings.timeframe,
    timeframe_detail: settings.timeframeDetail,
    timerange: settings.timerange,
    enable_protections: settings.enableProtections,
    strategy_name: strategyName,
    freqaimodel: null,
    freqai_identifier: null,
    stoploss: engine.stoploss,
    trailing_stop: engine.trailingStop,
    trailing_stop_positive: engine.trailingStopPositive,
    trailing_stop_positive_offset: engine.trailingStopPositiveOffset,
    trailing_only_offset_is_reached: engine.trailingOnlyOffsetIsReached,
    use_custom_stoploss: settings.useCustomStoploss,
    minimal_roi: Object.fromEntries(engine.minimalRoi.map((row) => [row.minutes, row.value])),
    use_exit_signal: engine.useExitSignal,
    exit_profit_only: engine.exitProfitOnly,
    exit_profit_offset: engine.exitProfitOffset,
    ignore_roi_if_entry_signal: engine.ignoreRoiIfEntrySignal,
    trading_mode: engine.tradingMode,
    margin_mode: settings.marginMode,
  };
}

function exportBreakdown({ periodicBreakdown }: StrategyStatistics): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(periodicBreakdown ?? {}).map(([name, lines]) => [name, lines.map(snakeKeys)]),
  );
}

function exportHolding(holding: HoldingStatistics, traded: boolean): Record<string, unknown> {
  const { winners, losers, ...rest } = holding;
  const { holdingAvgS, ...counts } = rest;
  if (!traded) {
    const none = durationText(0);
    const averages = { holding_avg: none, winner_holding_avg: none, loser_holding_avg: none };
    return { ...snakeKeys(counts), ...averages };
  }
  return {
    ...snakeKeys(counts),
    holding_avg: durationText(holdingAvgS),
    holding_avg_s: holdingAvgS,
    ...exportTimes("winner", winners),
    ...exportTimes("loser", losers),
  };
}

function exportTimes(side: string, times: HoldingTimes): Record<string, unknown> {
  return {
    [`${side}_holding_min`]: shortDurationText(times.minS),
    [`${side}_holding_min_s`]: times.minS,
    [`${side}_holding_max`]: shortDurationText(times.maxS),
    [`${side}_holding_max_s`]: times.maxS,
    [`${side}_holding_avg`]: shortDurationText(times.avgS),
    [`${side}_holding_avg_s`]: times.avgS,
  };
}

function exportDrawdown(drawdown: DrawdownStatistics | null): Record<string, unknown> {
  if (drawdown === null) {
    const epoch = "1970-01-01T00:00:00+00:00";
    return {
      max_drawdown_account: 0,
      max_relative_drawdown: 0,
      max_drawdown_abs: 0,
      max_drawdown_low: 0,
      max_drawdown_high: 0,
      drawdown_start: epoch,
      drawdown_start_ts: 0,
      drawdown_end: epoch,
      drawdown_end_ts: 0,
      csum_min: 0,
      csum_max: 0,
    };
  }
  return {
    ...snakeKeys(drawdown),
    drawdown_start: dateText(drawdown.drawdownStartTs),
    drawdown_end: dateText(drawdown.drawdownEndTs),
    drawdown_duration: longDurationText(drawdown.drawdownDurationS),
  };
}

function exportWallet(wallet: WalletStatistics): Record<string, unknown> {
  const { drawdownStartTs: start, drawdownEndTs: end } = wallet;
  return {
    ...snakeKeys(wallet),
    low_date: dateText(wallet.lowTs),
    high_date: dateText(wallet.highTs),
    drawdown_start: start === null ? null : dateText(start),
    drawdown_end: end === null ? null : dateText(end),
    drawdown_duration: start === null
      ? durationText(0)
      : longDurationText(wallet.drawdownDurationS),
  };
}

function exportComparison({ statistics, settings, strategyName }: ExportRun) {
  const total = statistics.groups.perPair.at(-1);
  return {
    ...snakeKeys(total ?? {}),
    key: strategyName,
    max_drawdown_account: statistics.drawdown?.maxDrawdownAccount ?? 0,
    max_drawdown_abs: formatAmount(
      statistics.drawdown?.maxDrawdownAbs ?? 0,
      settings.stakeCurrency,
    ),
  };
}

function toSeconds(ms: number): number {
  return Math.floor(ms / 1000);
}
