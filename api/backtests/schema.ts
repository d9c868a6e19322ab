import { z } from "@hono/zod-openapi";
import { zDecimal } from "../platform/decimal.ts";
import { idParam, pageOf, pageQuery, timestamp } from "../platform/http/schemas.ts";

export const BACKTEST_STATUSES = [
  "pending",
  "running",
  "completed",
  "failed",
  "cancelled",
] as const;

const status = z.enum(BACKTEST_STATUSES).openapi({ example: "completed" });

export const SIZING_MODES: readonly string[] = ["PERCENT_EQUITY", "FIXED"];
export const SLIPPAGE_MODELS: readonly string[] = ["NONE", "FIXED"];

const moment = z.union([
  z.iso.datetime({ offset: true }),
  z.iso.date(),
  z.number().int().min(0).max(253_402_300_799_999),
]).openapi({
  description: "RFC 3339, a date, or epoch milliseconds; UTC",
  example: "2024-01-01T00:00:00Z",
});

/** How the engine is run. The first four are the documented ones; `freqtrade` takes its own keys. */
export const backtestConfig = z.object({
  initial_capital: zDecimal({ min: "0", exclusiveMin: true }).optional().openapi({
    description: "Wallet at the start, in the stake currency; 1000 when absent",
    example: "10000",
  }),
  mode: z.string().max(40).optional().openapi({
    enum: [...SIZING_MODES],
    description:
      "Position sizing: `PERCENT_EQUITY` stakes the whole balance over the free slots, " +
      "`FIXED` stakes `stake_amount` each time",
    example: "PERCENT_EQUITY",
  }),
  stake_amount: zDecimal({ min: "0", exclusiveMin: true }).optional().openapi({
    description: "Stake of a trade with mode `FIXED`",
    example: "100",
  }),
  commission_rate: zDecimal({ min: "0", max: "0.5" }).optional().openapi({
    description: "Fee of one side as a fraction; the market's own when absent",
    example: "0.001",
  }),
  slippage_model: z.string().max(40).optional().openapi({
    enum: [...SLIPPAGE_MODELS],
    description: "`NONE`, or `FIXED` with `slippage` 0: other models are refused",
    example: "FIXED",
  }),
  slippage: zDecimal({ min: "0", max: "0.5" }).optional().openapi({
    enum: ["0"],
    example: "0",
  }),
  max_open_trades: z.number().int().min(-1).max(10_000).optional().openapi({
    description: "Slots; -1 is no limit; the strategy's own when absent, 3 when it has none",
    example: 3,
  }),
  freqtrade: z.record(z.string(), z.unknown()).optional().openapi({
    description: "Any further keys of a freqtrade configuration, such as `minimal_roi`",
    example: { stoploss: -0.05 },
  }),
}).openapi("BacktestConfig");

export const createBacktestBody = z.object({
  strategy_id: z.uuid(),
  symbol: z.string().min(1).max(60).optional().openapi({
    description: "One market; or `symbols`",
    example: "BTC/USDT",
  }),
  symbols: z.array(z.string().min(1).max(60)).min(1).max(500).optional().openapi({
    description: "Several markets that share the wallet, in this order",
    example: ["BTC/USDT", "ETH/USDT"],
  }),
  exchange: z.string().regex(/^[a-z0-9_]{1,40}$/).optional().openapi({ example: "binance" }),
  dataset: z.string().min(1).max(100).optional().openapi({
    description: "The caller's own when it has the series, else `venue`",
    example: "venue",
  }),
  timeframe: z.string().regex(/^\d{1,3}[mhdwM]$/).optional().openapi({
    description: "The strategy's own when absent",
    example: "5m",
  }),
  start_date: moment.optional(),
  end_date: moment.optional().openapi({ example: "2024-03-01T00:00:00Z" }),
  class_name: z.string().max(200).optional(),
  parameters: z.record(z.string(), z.unknown()).optional().openapi({
    description: "Hyperopt results, laid out as the `params` of freqtrade's parameter file",
    example: { buy: { buy_rsi: 30 } },
  }),
  priority: z.enum(["low", "normal", "high"]).default("normal"),
  config: backtestConfig.prefault({}),
}).refine((body) => (body.symbol === undefined) !== (body.symbols === undefined), {
  message: "Name either symbol or symbols",
  path: ["symbol"],
}).openapi("CreateBacktest", {
  oneOf: [{ required: ["symbol"] }, { required: ["symbols"] }],
  example: {
    strategy_id: "0199c3a0-5f6e-7c1a-9c66-1f0a2b3c4d5e",
    symbol: "BTC/USDT",
    dataset: "venue",
    timeframe: "1h",
    start_date: "2024-01-01T00:00:00Z",
    end_date: "2024-03-01T00:00:00Z",
    config: { initial_capital: "10000", commission_rate: "0.001" },
  },
});

export const backtestParams = idParam("backtest_id");

export const effectiveCosts = z.object({
  commission_rate: z.string().nullable().openapi({ example: "0.001" }),
  slippage_model: z.string().openapi({ example: "FIXED" }),
  slippage: z.string().openapi({ example: "0" }),
}).openapi("EffectiveCosts");

const failure = z.object({
  code: z.string(),
  message: z.string(),
}).catchall(z.unknown()).openapi("BacktestFailure");

export const backtestSchema = z.object({
  id: z.uuid(),
  strategy_id: z.uuid(),
  strategy_name: z.string(),
  strategy_version: z.number().int(),
  symbols: z.array(z.string()),
  timeframe: z.string().nullable(),
  start_date: timestamp.nullable(),
  end_date: timestamp.nullable(),
  status,
  progress_percent: z.number().openapi({ example: 100 }),
  job_id: z.uuid(),
  effective_costs: effectiveCosts,
  error: failure.nullable(),
  created_at: timestamp,
  completed_at: timestamp.nullable(),
}).openapi("Backtest");

function percent(example: string, description: string) {
  return z.string().nullable().openapi({ example, description });
}

export const resultsSchema = z.object({
  total_return: percent("25.4", "Profit over the starting wallet, in percent"),
  sharpe_ratio: percent("1.82", "Of trade profits, as freqtrade computes it"),
  sortino_ratio: percent("2.15", "Of trade profits, as freqtrade computes it"),
  max_drawdown: percent("8.5", "Largest fall of the account, in percent"),
  win_rate: percent("62.5", "Winning trades, in percent"),
  profit_factor: percent("1.85", "Gross profit over gross loss"),
  total_trades: z.number().int().openapi({ example: 247 }),
  statistics: z.record(z.string(), z.unknown()).openapi({
    description: "Every statistic under freqtrade's own name, tables per pair, tag and period too",
  }),
}).openapi("BacktestResults");

export const equityPoint = z.object({
  timestamp,
  equity: z.string().openapi({ example: "10012.5" }),
}).openapi("EquityPoint");

export const backtestDetailSchema = backtestSchema.extend({
  results: resultsSchema.nullable(),
  equity_curve: z.array(equityPoint).openapi({
    description: "At most 1,000 points; every row comes with `GET …/equity`",
  }),
  result_hash: z.string().nullable().openapi({
    description: "SHA-256 of the canonical result bytes: equal results have equal hashes",
  }),
  candles: z.array(z.object({
    symbol: z.string(),
    dataset: z.string(),
    exchange: z.string(),
    timeframe: z.string(),
    candle_type: z.string().openapi({ example: "spot" }),
    revision: z.number().int().openapi({ example: 1 }),
  })).openapi({ description: "The series it pinned, and the dataset each came from" }),
}).openapi("BacktestDetail");

export const listBacktestsQuery = pageQuery.extend({
  status: status.optional().openapi({ description: "Only backtests in this state" }),
  strategy_id: z.uuid().optional().openapi({ description: "Only backtests of this strategy" }),
});

export const backtestPage = pageOf(backtestSchema, "BacktestPage");

export const tradeSchema = z.object({
  number: z.number().int().openapi({ example: 1 }),
  pair: z.string().openapi({ example: "BTC/USDT" }),
  is_short: z.boolean(),
  open_date: timestamp,
  close_date: timestamp,
  open_rate: z.string(),
  close_rate: z.string(),
  amount: z.string(),
  stake_amount: z.string(),
  leverage: z.string(),
  fee_open: z.string(),
  fee_close: z.string(),
  profit_ratio: z.string().openapi({ example: "0.0123" }),
  profit_abs: z.string(),
  enter_tag: z.string().nullable(),
  exit_reason: z.string().openapi({ example: "roi" }),
  trade_duration: z.number().int().openapi({ description: "Minutes" }),
}).openapi("BacktestTrade");

export const tradePage = pageOf(tradeSchema, "BacktestTradePage");

export type CreateBacktest = z.infer<typeof createBacktestBody>;
export type BacktestConfig = z.infer<typeof backtestConfig>;
export type BacktestStatus = (typeof BACKTEST_STATUSES)[number];
export type Backtest = z.infer<typeof backtestSchema>;
export type BacktestDetail = z.infer<typeof backtestDetailSchema>;
export type BacktestTrade = z.infer<typeof tradeSchema>;
export type ListBacktests = z.infer<typeof listBacktestsQuery>;
