/** Reads the rows the core writes; the field orders are those of assembly/backtest/report.ts. */
import { textOf } from "./engine_strings.ts";
import type { OrderResult, TradeResult } from "./engine_types.ts";

export const TRADE_FIELDS = [
  "pair",
  "side",
  "openDate",
  "closeDate",
  "openRate",
  "closeRate",
  "amount",
  "stake",
  "maxStake",
  "leverage",
  "feeOpen",
  "feeClose",
  "profitRatio",
  "profitAbs",
  "exitReason",
  "enterTag",
  "minutes",
  "minRate",
  "maxRate",
  "initialStop",
  "stop",
  "initialStopPercent",
  "stopPercent",
  "funding",
  "liquidation",
  "realizedProfit",
  "filledEntries",
  "openOrders",
  "isOpen",
  "orders",
] as const;

export const ORDER_FIELDS = [
  "order",
  "isEntry",
  "isMarket",
  "status",
  "tag",
  "placedAt",
  "filledAt",
  "amount",
  "filled",
  "average",
  "cost",
] as const;

export const SUMMARY_FIELDS = [
  "step",
  "steps",
  "closedCount",
  "openCount",
  "rejectedSignals",
  "timedOutEntryOrders",
  "timedOutExitOrders",
  "canceledTradeEntries",
  "canceledEntryOrders",
  "canceledExitOrders",
  "replacedEntryOrders",
  "replacedExitOrders",
  "discarded",
  "free",
  "total",
  "equityAt",
  "bytes",
  "tradeCapacity",
  "orderCapacity",
  "orderRoom",
] as const;

export type Row<T extends readonly string[]> = { readonly [K in T[number]]: number };

/** One row of doubles as a record of its fields. */
export function readRow<T extends readonly string[]>(
  fields: T,
  values: Float64Array,
  offset = 0,
): Row<T> {
  const row: Record<string, number> = {};
  fields.forEach((field, index) => row[field] = values[offset + index] ?? NaN);
  // The loop above filled every field of T.
  return row as Row<T>;
}

export interface ReportNames {
  readonly pairs: readonly string[];
  readonly strings: readonly string[];
}

/** Closed trades, each row followed by those of its orders. */
export function readClosed(values: Float64Array, names: ReportNames): TradeResult[] {
  const trades: TradeResult[] = [];
  let at = 0;
  while (at < values.length) {
    const row = readRow(TRADE_FIELDS, values, at);
    at += TRADE_FIELDS.length;
    const orders: OrderResult[] = [];
    for (let i = 0; i < row.orders; i++) {
      orders.push(orderOf(readRow(ORDER_FIELDS, values, at), row.side, names.strings));
      at += ORDER_FIELDS.length;
    }
    trades.push(tradeOf(row, orders, names));
  }
  return trades;
}

export function tradeOf(
  row: Row<typeof TRADE_FIELDS>,
  orders: readonly OrderResult[],
  { pairs, strings }: ReportNames,
): TradeResult {
  return {
    pair: pairs[row.pair] ?? "",
    isShort: row.side < 0,
    openDate: row.openDate,
    closeDate: row.closeDate,
    openRate: row.openRate,
    closeRate: row.closeRate,
    amount: row.amount,
    stakeAmount: row.stake,
    maxStakeAmount: row.maxStake,
    leverage: row.leverage,
    feeOpen: row.feeOpen,
    feeClose: row.feeClose,
    profitRatio: row.profitRatio,
    profitAbs: row.profitAbs,
    exitReason: textOf(row.exitReason, strings) ?? "",
    enterTag: textOf(row.enterTag, strings),
    tradeDuration: row.minutes,
    minRate: row.minRate,
    maxRate: row.maxRate,
    initialStopLossAbs: row.initialStop,
    stopLossAbs: row.stop,
    initialStopLossRatio: row.initialStopPercent,
    stopLossRatio: row.stopPercent,
    fundingFees: row.funding,
    liquidationPrice: Number.isNaN(row.liquidation) ? null : row.liquidation,
    realizedProfit: row.realizedProfit,
    orders,
  };
}

export function orderOf(
  row: Row<typeof ORDER_FIELDS>,
  side: number,
  strings: readonly string[],
): OrderResult {
  return {
    side: (row.isEntry === 1) === (side > 0) ? "buy" : "sell",
    tag: textOf(row.tag, strings) ?? "",
    type: row.isMarket === 1 ? "market" : "limit",
    isEntry: row.isEntry === 1,
    placedAt: row.placedAt,
    filledAt: Number.isNaN(row.filledAt) ? null : row.filledAt,
    amount: row.amount,
    price: row.average,
    cost: row.cost,
  };
}
