/** Reads the goldens that tools/make_engine_cases.py writes, and compares a result with one. */
import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { fillGaps } from "./engine_gaps.ts";
import type {
  EngineConfig,
  EnginePair,
  EngineResult,
  EngineRun,
  MarketRules,
  OrderResult,
  TradeResult,
} from "./engine_types.ts";

type Flag = "enter_long" | "exit_long" | "enter_short" | "exit_short";

export interface CasePair {
  readonly market: MarketRules;
  readonly rows: number;
  readonly trimRows: number;
  /** Epoch milliseconds of the first candle. */
  readonly start: number;
  /** Timeframes since `start`, open, high, low, close; gaps still in. */
  readonly candles: readonly (readonly number[])[];
  readonly signals: Partial<Record<Flag, readonly number[]>>;
  /** Rows whose flag is neither 0 nor 1. */
  readonly otherSignals: Partial<Record<Flag, readonly number[]>>;
  readonly tags: Partial<
    Record<"enter_tag" | "exit_tag", readonly (readonly [number, string | null])[]>
  >;
}

/** Rows of time and total: how many, the sha256 of their little-endian doubles, some of them. */
export interface ExpectedEquity {
  readonly rows: number;
  readonly sha256: string;
  readonly samples: readonly (readonly [number, number, number])[];
}

/** Kind, time, pair, arguments from slot 4 on, status, answers: what a callback was asked. */
export type AskedLine = readonly [
  number,
  number,
  string | null,
  readonly (number | string | null)[],
  number,
  readonly (number | string | null)[],
];

export interface EngineCase {
  readonly name: string;
  readonly freqtrade: string;
  readonly config: EngineConfig & { readonly unsupported: readonly string[] };
  readonly pairs: readonly CasePair[];
  readonly expected: {
    readonly trades: readonly Record<string, unknown>[];
    readonly counters: Readonly<Record<string, number>>;
    readonly finalBalance: number;
    readonly equity: ExpectedEquity;
    readonly asked: readonly AskedLine[];
  };
}

export async function readCases(url: URL | string): Promise<EngineCase[]> {
  const text = new TextDecoder().decode(gunzipSync(await Deno.readFile(url)));
  return (JSON.parse(text) as { cases: EngineCase[] }).cases;
}

export function runOfCase({ config, pairs }: EngineCase): EngineRun {
  const strings: string[] = [];
  return {
    config,
    pairs: pairs.map((pair) => pairOfCase(pair, config.timeframeMs, strings)),
    strings,
  };
}

function pairOfCase(pair: CasePair, timeframeMs: number, strings: string[]): EnginePair {
  const column = (at: number) => Float64Array.from(pair.candles, (row) => row[at] ?? NaN);
  const candles = fillGaps({
    date: column(0).map((steps) => pair.start + steps * timeframeMs),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: new Float64Array(pair.candles.length),
  }, timeframeMs);
  const rows = candles.date.length;
  if (rows !== pair.rows) throw new Error(`filled to ${rows} rows, freqtrade has ${pair.rows}`);
  const flags = (name: Flag) => {
    const values = new Uint8Array(rows);
    for (const row of pair.signals[name] ?? []) values[row] = 1;
    for (const row of pair.otherSignals[name] ?? []) values[row] = 2;
    return values;
  };
  const tags = (name: "enter_tag" | "exit_tag") => {
    const listed = pair.tags[name];
    if (listed === undefined || listed.length === 0) return null;
    const values = new Int32Array(rows).fill(codeOf("", strings));
    for (const [row, text] of listed) values[row] = text === null ? -1 : codeOf(text, strings);
    return values;
  };
  return {
    ...candles,
    market: pair.market,
    trimRows: pair.trimRows,
    enterLong: flags("enter_long"),
    exitLong: flags("exit_long"),
    enterShort: flags("enter_short"),
    exitShort: flags("exit_short"),
    enterTag: tags("enter_tag"),
    exitTag: tags("exit_tag"),
  };
}

function codeOf(text: string, strings: string[]): number {
  const found = strings.indexOf(text);
  return found >= 0 ? found : strings.push(text) - 1;
}

const COUNTERS = {
  rejected_trades: "rejectedSignals",
  timedout_entry_orders: "timedOutEntryOrders",
  timedout_exit_orders: "timedOutExitOrders",
  canceled_trade_entries: "canceledTradeEntries",
  canceled_entry_orders: "canceledEntryOrders",
  replaced_entry_orders: "replacedEntryOrders",
  canceled_exit_orders: "canceledExitOrders",
  replaced_exit_orders: "replacedExitOrders",
} as const;

/** What differs from freqtrade, one line each; numbers must be equal to the last bit. */
export function differencesOf(result: EngineResult, { expected }: EngineCase): string[] {
  const lines: string[] = [];
  const compare = (where: string, ours: unknown, theirs: unknown) => {
    if (!Object.is(ours, theirs)) lines.push(`${where}: ${ours}, freqtrade has ${theirs}`);
  };
  compare("trades", result.trades.length, expected.trades.length);
  result.trades.forEach((trade, index) => {
    const theirs = expected.trades[index];
    if (theirs === undefined) return;
    const ours = tradeAsFreqtrade(trade);
    for (const [field, value] of Object.entries(ours)) {
      compare(`trades[${index}].${field}`, value, theirs[field]);
    }
    const orders = theirs.orders as Record<string, unknown>[];
    compare(`trades[${index}].orders`, trade.orders.length, orders.length);
    trade.orders.forEach((order, at) => {
      for (const [field, value] of Object.entries(orderAsFreqtrade(order))) {
        compare(`trades[${index}].orders[${at}].${field}`, value, orders[at]?.[field]);
      }
    });
  });
  for (const [theirs, ours] of Object.entries(COUNTERS)) {
    compare(theirs, result.counters[ours], expected.counters[theirs]);
  }
  compare("finalBalance", result.finalBalance, expected.finalBalance);
  const { equity } = result;
  compare("equity rows", equity.date.length, expected.equity.rows);
  for (const [row, date, total] of expected.equity.samples) {
    compare(`equity[${row}].date`, equity.date[row], date);
    compare(`equity[${row}]`, equity.equity[row], total);
  }
  const pairs = Float64Array.from({ length: equity.date.length * 2 }, (_, i) => {
    return (i % 2 === 0 ? equity.date : equity.equity)[i >> 1] ?? NaN;
  });
  compare("equity sha256", sha256(pairs), expected.equity.sha256);
  return lines;
}

function sha256(values: Float64Array): string {
  return createHash("sha256").update(new Uint8Array(values.buffer)).digest("hex");
}

function tradeAsFreqtrade(trade: TradeResult): Record<string, unknown> {
  return {
    pair: trade.pair,
    is_short: trade.isShort,
    open_date: trade.openDate,
    close_date: trade.closeDate,
    open_rate: trade.openRate,
    close_rate: trade.closeRate,
    amount: trade.amount,
    stake_amount: trade.stakeAmount,
    max_stake_amount: trade.maxStakeAmount,
    leverage: trade.leverage,
    fee_open: trade.feeOpen,
    fee_close: trade.feeClose,
    profit_ratio: trade.profitRatio,
    profit_abs: trade.profitAbs,
    exit_reason: trade.exitReason,
    enter_tag: trade.enterTag,
    trade_duration: trade.tradeDuration,
    min_rate: trade.minRate,
    max_rate: trade.maxRate,
    initial_stop_loss_abs: trade.initialStopLossAbs,
    stop_loss_abs: trade.stopLossAbs,
    initial_stop_loss_ratio: trade.initialStopLossRatio,
    stop_loss_ratio: trade.stopLossRatio,
    funding_fees: trade.fundingFees,
    liquidation_price: trade.liquidationPrice,
    realized_profit: trade.realizedProfit,
  };
}

function orderAsFreqtrade(order: OrderResult): Record<string, unknown> {
  return {
    side: order.side,
    tag: order.tag,
    type: order.type,
    placed: order.placedAt,
    filled: order.filledAt,
    amount: order.amount,
    price: order.price,
    cost: order.cost,
  };
}
