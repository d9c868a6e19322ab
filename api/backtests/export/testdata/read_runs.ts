/** Reads the runs that `make_runs.py` made with freqtrade, as an engine would have given them. */
import type {
  EngineConfig,
  EngineResult,
  TradeResult,
} from "../../../../core-wasm/engine_types.ts";
import type { BacktestSettings, MarginMode } from "../../config/settings.ts";
import { marketChange } from "../../statistics/market_change.ts";
import { strategyStatistics } from "../../statistics/statistics.ts";
import type { ExportRun } from "../export.ts";

export interface GoldenRun {
  readonly name: string;
  readonly run: ExportRun;
  /** freqtrade's export file of the run, its trades cut to the first two. */
  readonly expected: JsonRecord;
}

export type JsonRecord = Record<string, unknown>;

interface GoldenCase {
  readonly name: string;
  readonly strategy: string;
  readonly pairs: readonly string[];
  readonly closes: Record<string, readonly number[] | null>;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly equity: { readonly date: readonly number[]; readonly equity: readonly number[] };
  readonly trades: readonly GoldenTrade[];
  readonly final_balance: number;
  readonly start: number;
  readonly end: number;
  readonly run_start: number;
  readonly run_end: number;
  readonly counters: Record<string, number>;
  readonly expected: JsonRecord;
}

/** A trade under freqtrade's names; the dates alone are named otherwise than in `TradeResult`. */
interface GoldenTrade {
  readonly open_timestamp: number;
  readonly close_timestamp: number;
  readonly orders: readonly object[];
}

export async function readGoldenRuns(): Promise<GoldenRun[]> {
  const file = await Deno.open(new URL("runs.json.gz", import.meta.url));
  const text = file.readable.pipeThrough(new DecompressionStream("gzip"));
  const { runs } = await new Response(text).json() as { runs: GoldenCase[] };
  return runs.map((golden) => ({
    name: golden.name,
    run: toRun(golden),
    expected: golden.expected,
  }));
}

function toRun(golden: GoldenCase): ExportRun {
  const settings = toSettings(golden.settings);
  const result = toResult(golden);
  const closes = golden.pairs.map((pair) => ({
    date: Float64Array.of(golden.start, golden.end),
    close: Float64Array.from(golden.closes[pair] ?? [NaN, NaN]),
  }));
  const statistics = strategyStatistics(result, {
    pairs: golden.pairs,
    startingBalance: settings.engine.dryRunWallet,
    marketChange: marketChange(closes, golden.start),
    maxOpenTrades: settings.engine.maxOpenTrades,
  });
  return {
    strategyName: golden.strategy,
    result,
    statistics,
    settings,
    pairs: golden.pairs,
    startedAt: golden.run_start * 1000,
    endedAt: golden.run_end * 1000,
    runId: "",
  };
}

function toResult(golden: GoldenCase): EngineResult {
  const { counters } = golden;
  return {
    trades: golden.trades.map(toTrade),
    counters: {
      rejectedSignals: counters.rejected_trades ?? NaN,
      timedOutEntryOrders: counters.timedout_entry_orders ?? NaN,
      timedOutExitOrders: counters.timedout_exit_orders ?? NaN,
      canceledTradeEntries: counters.canceled_trade_entries ?? NaN,
      canceledEntryOrders: counters.canceled_entry_orders ?? NaN,
      canceledExitOrders: counters.canceled_exit_orders ?? NaN,
      replacedEntryOrders: counters.replaced_entry_orders ?? NaN,
      replacedExitOrders: counters.replaced_exit_orders ?? NaN,
    },
    equity: {
      date: Float64Array.from(golden.equity.date),
      equity: Float64Array.from(golden.equity.equity),
    },
    finalBalance: golden.final_balance,
    backtestStart: golden.start,
    backtestEnd: golden.end,
    discarded: 0,
  };
}

function toTrade({ open_timestamp, close_timestamp, orders, ...rest }: GoldenTrade): TradeResult {
  return {
    ...camelKeys(rest),
    openDate: open_timestamp,
    closeDate: close_timestamp,
    orders: orders.map(camelKeys),
  } as unknown as TradeResult;
}

function toSettings(config: Readonly<Record<string, unknown>>): BacktestSettings {
  const roi = Object.entries(config.minimal_roi as Record<string, number>);
  const slots = config.max_open_trades;
  const engine = {
    ...camelKeys(config),
    maxOpenTrades: slots === "inf" ? Infinity : slots,
    minimalRoi: roi.map(([minutes, value]) => ({ minutes: Number(minutes), value })),
  } as unknown as EngineConfig;
  return {
    engine,
    stakeCurrency: String(config.stake_currency),
    timeframe: String(config.timeframe),
    timeframeDetail: String(config.timeframe_detail ?? ""),
    timerange: String(config.timerange ?? ""),
    startupCandleCount: 0,
    marginMode: config.margin_mode as MarginMode,
    enableProtections: config.enable_protections === true,
    useCustomStoploss: config.use_custom_stoploss === true,
  };
}

function camelKeys(record: object): JsonRecord {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [
      key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}
