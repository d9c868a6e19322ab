/** Made-up runs of any size, the same each time: what the report's tests draw. */
import type { CandleColumns } from "../../../../core-wasm/engine_gaps.ts";
import type { EngineResult, TradeResult } from "../../../../core-wasm/engine_types.ts";
import { checkConfig, marketRules, resolveSettings } from "../../config/mod.ts";
import type { ExportRun } from "../../export/mod.ts";
import type { PackedTables } from "../../results/mod.ts";
import { strategyStatistics } from "../../statistics/mod.ts";

export interface SyntheticOptions {
  readonly candles: number;
  readonly trades: number;
  /** Added to each trade's profit, as a fraction. */
  readonly bias?: number;
  readonly pairs?: readonly string[];
  readonly timeframe?: "1m" | "5m" | "1h";
  readonly strategyName?: string;
  readonly tags?: readonly string[];
  readonly reasons?: readonly string[];
}

export interface SyntheticRun {
  readonly run: ExportRun;
  readonly plots: PackedTables;
  readonly plotConfig: unknown;
  readonly series: ReadonlyMap<string, CandleColumns>;
}

export const SYNTHETIC_PLOTS = {
  main_plot: {
    ema_fast: { color: "orange" },
    ema_slow: { color: "black" },
    bb_upper: { color: "#7c8aa5", fill_to: "bb_lower" },
    bb_lower: { color: "#7c8aa5" },
  },
  subplots: {
    RSI: { rsi: { color: "purple" } },
    Momentum: { momentum: { type: "bar" } },
  },
};

const MS = { "1m": 60_000, "5m": 300_000, "1h": 3_600_000 };
const START = Date.UTC(2021, 0, 1);
const BALANCE = 10_000;
const STAKE = 1_000;

/** mulberry32, uniform in [0, 1). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function makeSyntheticRun(options: SyntheticOptions): SyntheticRun {
  const { candles: count, timeframe = "5m", pairs = ["BTC/USDT"] } = options;
  const ms = MS[timeframe];
  const series = new Map(pairs.map((pair, index) => [pair, makeCandles(count, ms, index + 1)]));
  const trades = makeTrades(options, series);
  const result = makeResult(trades, series.get(pairs[0] ?? "") ?? makeCandles(2, ms, 1));
  const settings = resolveSettings({
    config: checkConfig({ dry_run_wallet: BALANCE, stake_amount: STAKE, timeframe }).config,
    strategy: { ...STRATEGY, timeframe },
    markets: pairs.map((pair) => marketRules(pair)),
  });
  const statistics = strategyStatistics(result, {
    pairs,
    startingBalance: BALANCE,
    marketChange: 0.1234,
    maxOpenTrades: 3,
  });
  const strategyName = options.strategyName ?? "TrendRider";
  const times = { startedAt: START, endedAt: START, runId: "0".repeat(64) };
  return {
    run: { strategyName, result, statistics, settings, pairs, ...times },
    plots: makePlots(series),
    plotConfig: SYNTHETIC_PLOTS,
    series,
  };
}

const STRATEGY = {
  startupCandleCount: 0,
  minimalRoi: [],
  stoploss: -0.1,
  trailingStop: false,
  trailingStopPositive: null,
  trailingStopPositiveOffset: 0,
  trailingOnlyOffsetIsReached: false,
  useCustomStoploss: false,
  useExitSignal: true,
  exitProfitOnly: false,
  exitProfitOffset: 0,
  ignoreRoiIfEntrySignal: false,
  maxOpenTrades: 3,
  canShort: false,
  orderTypes: { entry: "limit", exit: "limit" },
  unfilledTimeout: null,
  protections: [],
};

function makeCandles(count: number, ms: number, seed: number): CandleColumns {
  const random = seeded(seed);
  const column = () => new Float64Array(count);
  const candles = {
    date: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  };
  let price = 30_000 / seed;
  const cents = (value: number) => Math.round(value * 100) / 100;
  for (let row = 0; row < count; row++) {
    const open = price;
    const close = cents(Math.max(50, open * (1 + (random() - 0.4995) * 0.004)));
    candles.date[row] = START + row * ms;
    candles.open[row] = open;
    candles.close[row] = close;
    candles.high[row] = cents(Math.max(open, close) * (1 + random() * 0.001));
    candles.low[row] = cents(Math.min(open, close) * (1 - random() * 0.001));
    candles.volume[row] = Math.round(random() * random() * 1e6) / 1e3;
    price = close;
  }
  return candles;
}

function makeTrades(
  options: SyntheticOptions,
  series: ReadonlyMap<string, CandleColumns>,
): TradeResult[] {
  const { trades: count, bias = 0.002, tags = ["dip", "breakout"] } = options;
  const { reasons = ["roi", "exit_signal", "stop_loss", "trailing_stop_loss"] } = options;
  const random = seeded(99);
  const pairs = [...series.keys()];
  const trades = Array.from({ length: count }, (_, index) => {
    const pair = pairs[index % pairs.length] ?? "";
    const { date, open, close } = series.get(pair) ?? makeCandles(2, MS["5m"], 1);
    const from = Math.floor((index + random()) / count * (date.length - 2));
    const to = Math.min(date.length - 1, from + 1 + Math.floor(random() * date.length / count));
    const profitRatio = (random() - 0.5) * 0.06 + bias;
    const openRate = open[from] ?? 1;
    return {
      ...TRADE,
      pair,
      isShort: index % 7 === 3,
      openDate: date[from] ?? 0,
      closeDate: date[to] ?? 0,
      openRate,
      closeRate: close[to] ?? 1,
      amount: STAKE / openRate,
      profitRatio,
      profitAbs: STAKE * profitRatio,
      enterTag: tags[index % tags.length] ?? null,
      exitReason: reasons[index % reasons.length] ?? "roi",
      tradeDuration: ((date[to] ?? 0) - (date[from] ?? 0)) / 60_000,
    };
  });
  return trades.sort((a, b) => a.closeDate - b.closeDate);
}

const TRADE = {
  stakeAmount: STAKE,
  maxStakeAmount: STAKE,
  leverage: 1,
  feeOpen: 0.001,
  feeClose: 0.001,
  minRate: 1,
  maxRate: 1,
  initialStopLossAbs: 1,
  initialStopLossRatio: -0.1,
  stopLossAbs: 1,
  stopLossRatio: -0.1,
  fundingFees: 0,
  liquidationPrice: null,
  realizedProfit: 0,
  orders: [],
};

function makeResult(trades: readonly TradeResult[], { date }: CandleColumns): EngineResult {
  const equity = new Float64Array(date.length);
  let value = BALANCE;
  let next = 0;
  for (let row = 0; row < date.length; row++) {
    while ((trades[next]?.closeDate ?? Infinity) <= (date[row] ?? 0)) {
      value += trades[next++]?.profitAbs ?? 0;
    }
    equity[row] = value;
  }
  const counters = {
    rejectedSignals: 3,
    timedOutEntryOrders: 0,
    timedOutExitOrders: 0,
    canceledTradeEntries: 0,
    canceledEntryOrders: 0,
    canceledExitOrders: 0,
    replacedEntryOrders: 0,
    replacedExitOrders: 0,
  };
  return {
    trades,
    counters,
    equity: { date, equity },
    finalBalance: BALANCE + trades.reduce((sum, trade) => sum + trade.profitAbs, 0),
    backtestStart: date[0] ?? START,
    backtestEnd: date.at(-1) ?? START,
    discarded: 0,
  };
}

function makePlots(series: ReadonlyMap<string, CandleColumns>): PackedTables {
  const tables = [...series].map(([name, { date, close }]) => {
    const fast = average(close, 20);
    const slow = average(close, 100);
    const columns = {
      ema_fast: fast,
      ema_slow: slow,
      bb_upper: slow.map((value) => value * 1.01),
      bb_lower: slow.map((value) => value * 0.99),
      rsi: close.map((value, row) => 50 + 40 * Math.sin(row / 50 + value / 5000)),
      momentum: close.map((value, row) => value - (close[row - 10] ?? NaN)),
    };
    return {
      name,
      rows: date.length,
      columns: [
        { name: "date", type: "time" as const, values: date },
        ...Object.entries(columns).map(([column, values]) => ({
          name: column,
          type: "f64" as const,
          values,
        })),
      ],
    };
  });
  return { tables, strings: [] };
}

function average(values: Float64Array, length: number): Float64Array {
  const smooth = new Float64Array(values.length);
  let held = values[0] ?? 0;
  for (let row = 0; row < values.length; row++) {
    held += ((values[row] ?? held) - held) * 2 / (length + 1);
    smooth[row] = row < length ? NaN : held;
  }
  return smooth;
}
