/** Rows and results as the API shows them. */
import type { TradeResult } from "../../core-wasm/engine_types.ts";
import type { JobState } from "../jobs/queue.ts";
import { toRfc3339 } from "../platform/clock.ts";
import { decimalOfNumber } from "../platform/decimal.ts";
import type { PlannedRun } from "./request.ts";
import type { WantedSeries } from "./run/mod.ts";
import { columnNamed, type PackedTables, tableNamed } from "./results/mod.ts";
import type { Backtest, BacktestDetail, BacktestTrade } from "./schema.ts";
import type { BacktestRow } from "./store.ts";

const CURVE_POINTS_MAX = 1_000;
const PERCENT = 100;

/** A series as it was when the backtest was submitted. */
export interface PinnedCandles extends WantedSeries {
  readonly manifestId: string;
  readonly revision: number;
  readonly dataset: string;
  readonly exchange: string;
  readonly rows: number;
  /** Opens of the series' first and last candle, epoch milliseconds. */
  readonly firstMs: number;
  readonly lastMs: number;
}

/** What a row keeps: the request's meaning, markets and candles as they were. */
export interface StoredPlan extends PlannedRun {
  readonly strategyVersion: number;
  readonly candles: readonly PinnedCandles[];
}

/** The headline figures a row keeps beside the blobs; fractions, null where undefined. */
export interface BacktestSummary {
  readonly profitTotal: number;
  readonly sharpe: number | null;
  readonly sortino: number | null;
  readonly maxDrawdown: number;
  readonly winRate: number;
  readonly profitFactor: number | null;
  readonly totalTrades: number;
}

export function planOf(row: BacktestRow): StoredPlan {
  return JSON.parse(row.plan);
}

export function toBacktest(row: BacktestRow, job: JobState | undefined): Backtest {
  const plan = planOf(row);
  const isRunning = row.status === "pending" && job?.status === "running";
  return {
    id: row.id,
    strategy_id: row.strategy_id,
    strategy_name: row.strategy_name,
    strategy_version: plan.strategyVersion,
    symbols: [...plan.symbols],
    timeframe: plan.timeframe,
    start_date: plan.startMs === null ? null : toRfc3339(plan.startMs),
    end_date: plan.endMs === null ? null : toRfc3339(plan.endMs),
    status: isRunning ? "running" : row.status,
    progress_percent: progressPercent(row, job),
    job_id: row.job_id,
    effective_costs: plan.costs,
    error: row.error === null ? null : JSON.parse(row.error),
    created_at: toRfc3339(row.created_at),
    completed_at: row.completed_at === null ? null : toRfc3339(row.completed_at),
  };
}

function progressPercent(row: BacktestRow, job: JobState | undefined): number {
  if (row.status === "completed") return PERCENT;
  return Math.round((job?.progress?.ratio ?? 0) * PERCENT);
}

/** The pinned series as the API shows them. */
export function toCandles(row: BacktestRow): BacktestDetail["candles"] {
  return planOf(row).candles.map((series) => ({
    symbol: series.pair,
    dataset: series.dataset,
    exchange: series.exchange,
    timeframe: series.timeframe,
    candle_type: series.candleType,
    revision: series.revision,
  }));
}

export function toResults(
  summary: BacktestSummary,
  statistics: Record<string, unknown>,
): NonNullable<BacktestDetail["results"]> {
  return {
    total_return: figure(summary.profitTotal * PERCENT),
    sharpe_ratio: figure(summary.sharpe),
    sortino_ratio: figure(summary.sortino),
    max_drawdown: figure(summary.maxDrawdown * PERCENT),
    win_rate: figure(summary.winRate * PERCENT),
    profit_factor: figure(summary.profitFactor),
    total_trades: summary.totalTrades,
    statistics,
  };
}

function figure(value: number | null): string | null {
  return value === null || !Number.isFinite(value) ? null : decimalOfNumber(value, 6);
}

/** The equity rows, thinned to a fixed number; the first and the last always stay. */
export function toEquityCurve(packed: PackedTables): BacktestDetail["equity_curve"] {
  const table = tableNamed(packed, "equity");
  const dates = columnNamed(table, "date");
  const equity = columnNamed(table, "equity");
  const count = Math.min(table.rows, CURVE_POINTS_MAX);
  return Array.from({ length: count }, (_, index) => {
    const row = count === table.rows
      ? index
      : Math.round(index * (table.rows - 1) / (CURVE_POINTS_MAX - 1));
    return {
      timestamp: toRfc3339(Number(dates[row])),
      equity: decimalOfNumber(Number(equity[row]), 8),
    };
  });
}

export function toTrade(trade: TradeResult, number: number): BacktestTrade {
  return {
    number,
    pair: trade.pair,
    is_short: trade.isShort,
    open_date: toRfc3339(trade.openDate),
    close_date: toRfc3339(trade.closeDate),
    open_rate: decimalOfNumber(trade.openRate, 14),
    close_rate: decimalOfNumber(trade.closeRate, 14),
    amount: decimalOfNumber(trade.amount, 14),
    stake_amount: decimalOfNumber(trade.stakeAmount, 14),
    leverage: decimalOfNumber(trade.leverage),
    fee_open: decimalOfNumber(trade.feeOpen),
    fee_close: decimalOfNumber(trade.feeClose),
    profit_ratio: decimalOfNumber(trade.profitRatio, 14),
    profit_abs: decimalOfNumber(trade.profitAbs, 14),
    enter_tag: trade.enterTag,
    exit_reason: trade.exitReason,
    trade_duration: trade.tradeDuration,
  };
}
