/** Trades in words. */
import { heldText, isoMinute, trimmedNumber } from "./scales.ts";
import type { Head, PackedPair, Trades } from "./unpacking.ts";

export interface TradeWords {
  readonly title: string;
  readonly side: string;
  readonly opened: string;
  readonly closed: string;
  readonly openRate: string;
  readonly closeRate: string;
  readonly profit: string;
  readonly profitAbs: string;
  readonly held: string;
  readonly tag: string;
  readonly reason: string;
  readonly isWin: boolean;
}

export function tradeWords(
  head: Head,
  pair: PackedPair,
  trades: Trades,
  row: number,
): TradeWords {
  const cell = (column: Float64Array) => column[row] ?? NaN;
  const text = (column: Float64Array) => head.strings[cell(column)] ?? "";
  const { rateDecimals } = pair.trades;
  const side = cell(trades.isShort) === 1 ? "short" : "long";
  return {
    title: `Trade ${cell(trades.number)}, ${side}`,
    side,
    opened: isoMinute(cell(trades.openDate)),
    closed: isoMinute(cell(trades.closeDate)),
    openRate: trimmedNumber(cell(trades.openRate), rateDecimals),
    closeRate: trimmedNumber(cell(trades.closeRate), rateDecimals),
    profit: `${(cell(trades.profit) / 100).toFixed(2)}%`,
    profitAbs: `${trimmedNumber(cell(trades.profitAbs), head.coinDecimals)} ${head.coin}`,
    held: heldText(cell(trades.closeDate) - cell(trades.openDate)),
    tag: text(trades.tag),
    reason: text(trades.reason),
    isWin: cell(trades.profitAbs) > 0,
  };
}

/** One sentence for a reader who does not see the chart. */
export function tradeSentence(words: TradeWords): string {
  const tag = words.tag === "" ? "" : ` by ${words.tag}`;
  return `${words.title}: opened ${words.opened} at ${words.openRate}${tag}, ` +
    `closed ${words.closed} at ${words.closeRate} by ${words.reason}, ` +
    `profit ${words.profit}, ${words.profitAbs}`;
}
