/** An engine's result as packed tables, and back. */
import type {
  EngineCounters,
  EngineResult,
  OrderResult,
  TradeResult,
} from "../../../core-wasm/engine_types.ts";
import {
  columnNamed,
  decodeTables,
  encodeTables,
  type PackedColumn,
  type PackedTable,
  type PackedTables,
  type PackedType,
  tableNamed,
} from "./packed.ts";

/** Candles that went into a run, by the digest of their columns. */
export interface ResultInput {
  readonly pair: string;
  readonly timeframe: string;
  /** Lower-case hex. */
  readonly sha256: string;
}

export interface UnpackedResult {
  readonly result: EngineResult;
  readonly inputs: readonly ResultInput[];
}

type Cell = number | string | boolean | null;
type Fields<T> = readonly (readonly [keyof T & string, PackedType])[];
type Row = Readonly<Record<string, Cell>>;

const TRADE_FIELDS: Fields<TradeResult> = [
  ["pair", "text"],
  ["isShort", "bool"],
  ["openDate", "time"],
  ["closeDate", "time"],
  ["openRate", "f64"],
  ["closeRate", "f64"],
  ["amount", "f64"],
  ["stakeAmount", "f64"],
  ["maxStakeAmount", "f64"],
  ["leverage", "f64"],
  ["feeOpen", "f64"],
  ["feeClose", "f64"],
  ["profitRatio", "f64"],
  ["profitAbs", "f64"],
  ["exitReason", "text"],
  ["enterTag", "text"],
  ["tradeDuration", "f64"],
  ["minRate", "f64"],
  ["maxRate", "f64"],
  ["initialStopLossAbs", "f64"],
  ["initialStopLossRatio", "f64"],
  ["stopLossAbs", "f64"],
  ["stopLossRatio", "f64"],
  ["fundingFees", "f64"],
  ["liquidationPrice", "f64"],
  ["realizedProfit", "f64"],
];

const ORDER_FIELDS: Fields<OrderResult & { trade: number }> = [
  ["trade", "i32"],
  ["side", "text"],
  ["tag", "text"],
  ["type", "text"],
  ["isEntry", "bool"],
  ["placedAt", "time"],
  ["filledAt", "time"],
  ["amount", "f64"],
  ["price", "f64"],
  ["cost", "f64"],
];

const COUNTER_FIELDS: Fields<EngineCounters> = [
  ["rejectedSignals", "f64"],
  ["timedOutEntryOrders", "f64"],
  ["timedOutExitOrders", "f64"],
  ["canceledTradeEntries", "f64"],
  ["canceledEntryOrders", "f64"],
  ["canceledExitOrders", "f64"],
  ["replacedEntryOrders", "f64"],
  ["replacedExitOrders", "f64"],
];

const RUN_FIELDS: Fields<EngineResult> = [
  ["finalBalance", "f64"],
  ["backtestStart", "time"],
  ["backtestEnd", "time"],
  ["discarded", "f64"],
];

const INPUT_FIELDS: Fields<ResultInput> = [
  ["pair", "text"],
  ["timeframe", "text"],
  ["sha256", "text"],
];

/** The result's canonical bytes: equal results over equal candles give equal bytes. */
export function packResult(
  result: EngineResult,
  inputs: readonly ResultInput[],
): Uint8Array<ArrayBuffer> {
  const strings = new StringTable();
  const orders = result.trades.flatMap((trade, index) =>
    trade.orders.map((order) => ({ ...order, trade: index }))
  );
  const { counters, equity } = result;
  const tables = [
    toTable("run", RUN_FIELDS, [result], strings),
    toTable("counters", COUNTER_FIELDS, [counters], strings),
    toTable("inputs", INPUT_FIELDS, inputs, strings),
    toTable("trades", TRADE_FIELDS, result.trades, strings),
    toTable("orders", ORDER_FIELDS, orders, strings),
    {
      name: "equity",
      rows: equity.date.length,
      columns: [
        { name: "date", type: "time" as const, values: equity.date },
        { name: "equity", type: "f64" as const, values: equity.equity },
      ],
    },
  ];
  return encodeTables({ tables, strings: strings.values });
}

/** Reads what `packResult` wrote. */
export function unpackResult(bytes: Uint8Array<ArrayBuffer>): UnpackedResult {
  const packed = decodeTables(bytes);
  const equity = tableNamed(packed, "equity");
  const [run] = readRows(packed, "run", RUN_FIELDS);
  const [counters] = readRows(packed, "counters", COUNTER_FIELDS);
  const result = {
    ...run,
    counters,
    trades: readTrades(packed),
    equity: { date: columnNamed(equity, "date"), equity: columnNamed(equity, "equity") },
  };
  return {
    result: result as unknown as EngineResult,
    inputs: readRows(packed, "inputs", INPUT_FIELDS) as unknown as ResultInput[],
  };
}

/** Trades `from` to `to` (exclusive) in closing order, with their orders: a page of a result. */
export function readTrades(packed: PackedTables, from = 0, to = Infinity): TradeResult[] {
  const trades = readRows(packed, "trades", TRADE_FIELDS, { from, to });
  const owners = columnNamed(tableNamed(packed, "orders"), "trade");
  const first = owners.findIndex((owner) => owner >= from);
  const after = owners.findIndex((owner) => owner >= to);
  const orders = first < 0 ? [] : readRows(packed, "orders", ORDER_FIELDS, {
    from: first,
    to: after < 0 ? Infinity : after,
  });
  const byTrade = Map.groupBy(orders, (order) => order.trade);
  return trades.map((trade, index) => ({
    ...trade,
    orders: (byTrade.get(from + index) ?? []).map(({ trade: _, ...order }) => order),
  } as unknown as TradeResult));
}

/** Strings by first appearance, so that equal results number them alike. */
export class StringTable {
  readonly values: string[] = [];
  readonly #codes = new Map<string, number>();

  codeOf(value: string | null): number {
    if (value === null) return -1;
    const known = this.#codes.get(value);
    if (known !== undefined) return known;
    this.#codes.set(value, this.values.length);
    return this.values.push(value) - 1;
  }
}

function toTable<T extends object>(
  name: string,
  fields: Fields<T>,
  rows: readonly T[],
  strings: StringTable,
): PackedTable {
  const columns = fields.map(([field, type]): PackedColumn => {
    const cells = rows.map((row) => row[field] as Cell);
    return { name: field, type, values: toValues(cells, type, strings) };
  });
  return { name, rows: rows.length, columns };
}

function toValues(cells: readonly Cell[], type: PackedType, strings: StringTable) {
  switch (type) {
    case "text":
      return Int32Array.from(cells, (cell) => strings.codeOf(cell === null ? null : String(cell)));
    case "bool":
      return Uint8Array.from(cells, Number);
    case "i32":
      return Int32Array.from(cells, Number);
    default:
      return Float64Array.from(cells, (cell) => cell === null ? NaN : Number(cell));
  }
}

function readRows<T>(
  packed: PackedTables,
  name: string,
  fields: Fields<T>,
  range: { from: number; to: number } = { from: 0, to: Infinity },
): Row[] {
  const table = tableNamed(packed, name);
  const columns = fields.map(([field, type]) => {
    const values = columnNamed(table, field);
    return { field, cellOf: (row: number) => toCell(values[row], type, packed.strings) };
  });
  const count = Math.max(0, Math.min(range.to, table.rows) - range.from);
  return Array.from(
    { length: count },
    (_, index) =>
      Object.fromEntries(columns.map(({ field, cellOf }) => [field, cellOf(range.from + index)])),
  );
}

function toCell(
  value: number | bigint | undefined,
  type: PackedType,
  strings: readonly string[],
): Cell {
  const number = Number(value);
  if (type === "text") return strings[number] ?? null;
  if (type === "bool") return number !== 0;
  return Number.isNaN(number) ? null : number;
}
