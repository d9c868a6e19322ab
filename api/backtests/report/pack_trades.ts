/** Trades as the page reads them, pair by pair; figures are rounded here, as the tables round. */
import type { TradeResult } from "../../../core-wasm/engine_types.ts";
import { coinDecimals } from "../export/mod.ts";
import type { StringTable } from "../results/mod.ts";
import { formatFixed } from "../statistics/mod.ts";
import { type ByteSink, decimalsOf, putColumn } from "./packing.ts";

export const TRADES_MAX = 20_000;
const TEXT_CHARS_MAX = 200;
const RATE_DIGITS = 9;
const PERCENT = 100;

export interface NumberedTrade {
  readonly trade: TradeResult;
  /** In closing order, from 1. */
  readonly number: number;
}

/** All trades, or those that gained or lost most when there are too many for a page. */
export function chooseTrades(trades: readonly TradeResult[]): NumberedTrade[] {
  const numbered = trades.map((trade, index) => ({ trade, number: index + 1 }));
  if (numbered.length <= TRADES_MAX) return numbered;
  return numbered
    .sort((a, b) => Math.abs(b.trade.profitAbs) - Math.abs(a.trade.profitAbs))
    .slice(0, TRADES_MAX);
}

/** Puts one pair's trades in the order they were opened; answers the decimals of their rates. */
export function putTrades(
  sink: ByteSink,
  chosen: readonly NumberedTrade[],
  { coin, strings }: { readonly coin: string; readonly strings: StringTable },
): { count: number; at: number; rateDecimals: number } {
  const sorted = [...chosen].sort((a, b) =>
    a.trade.openDate - b.trade.openDate || a.number - b.number
  );
  const column = (valueOf: (trade: TradeResult) => number) =>
    Float64Array.from(sorted, ({ trade }) => valueOf(trade));
  const rates = [column((trade) => trade.openRate), column((trade) => trade.closeRate)];
  const rateDecimals = decimalsOf(rates, RATE_DIGITS);
  const profitDecimals = coinDecimals(coin);
  const at = sink.length;
  sink.putInteger(profitDecimals);
  putColumn(sink, sorted.map(({ number }) => number), 0);
  putPlain(sink, column((trade) => Number(trade.isShort)));
  putColumn(sink, column(({ openDate }) => Math.floor(openDate / 1000)), 0);
  putPlain(sink, column((trade) => Math.floor((trade.closeDate - trade.openDate) / 1000)));
  for (const rate of rates) putColumn(sink, rate, rateDecimals);
  putPlain(sink, column(({ profitRatio }) => fixed(profitRatio * PERCENT, 2) * PERCENT));
  putPlain(
    sink,
    column(({ profitAbs }) => fixed(profitAbs, profitDecimals) * 10 ** profitDecimals),
  );
  putPlain(sink, column(({ enterTag }) => strings.codeOf(cut(enterTag))));
  putPlain(sink, column(({ exitReason }) => strings.codeOf(cut(exitReason))));
  return { count: sorted.length, at, rateDecimals };
}

function putPlain(sink: ByteSink, column: Float64Array): void {
  for (const value of column) sink.putInteger(Math.round(value));
}

function fixed(value: number, decimals: number): number {
  return Number(formatFixed(value, decimals));
}

function cut(text: string | null): string | null {
  if (text === null || text.length <= TEXT_CHARS_MAX) return text;
  return `${text.slice(0, TEXT_CHARS_MAX)}…`;
}
