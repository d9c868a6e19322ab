import type { TradeResult } from "../../../core-wasm/engine_types.ts";

const COLUMNS: readonly (readonly [header: string, cellOf: (trade: TradeResult) => unknown])[] = [
  ["pair", (trade) => trade.pair],
  ["is_short", (trade) => trade.isShort],
  ["open_date", (trade) => toRfc3339(trade.openDate)],
  ["close_date", (trade) => toRfc3339(trade.closeDate)],
  ["open_rate", (trade) => trade.openRate],
  ["close_rate", (trade) => trade.closeRate],
  ["amount", (trade) => trade.amount],
  ["stake_amount", (trade) => trade.stakeAmount],
  ["max_stake_amount", (trade) => trade.maxStakeAmount],
  ["leverage", (trade) => trade.leverage],
  ["fee_open", (trade) => trade.feeOpen],
  ["fee_close", (trade) => trade.feeClose],
  ["funding_fees", (trade) => trade.fundingFees],
  ["profit_ratio", (trade) => trade.profitRatio],
  ["profit_abs", (trade) => trade.profitAbs],
  ["enter_tag", (trade) => trade.enterTag],
  ["exit_reason", (trade) => trade.exitReason],
  ["trade_duration", (trade) => trade.tradeDuration],
  ["min_rate", (trade) => trade.minRate],
  ["max_rate", (trade) => trade.maxRate],
  ["initial_stop_loss_abs", (trade) => trade.initialStopLossAbs],
  ["stop_loss_abs", (trade) => trade.stopLossAbs],
  ["liquidation_price", (trade) => trade.liquidationPrice],
];

/** Trades as CSV (RFC 4180) in parts of a row each, header first; an absent value is empty. */
export function* tradesCsv(trades: Iterable<TradeResult>): Generator<string> {
  yield toLine(COLUMNS.map(([header]) => header));
  for (const trade of trades) yield toLine(COLUMNS.map(([, cellOf]) => cellOf(trade)));
}

function toLine(cells: readonly unknown[]): string {
  return `${cells.map(quote).join(",")}\r\n`;
}

function quote(cell: unknown): string {
  const text = cell === null ? "" : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function toRfc3339(ms: number): string {
  return new Date(ms).toISOString();
}
