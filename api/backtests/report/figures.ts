/** A group's line as cells: the same texts on the terminal and on the page. */
import { coinDecimals, type ExportRun, formatCoin } from "../export/mod.ts";
import { formatFixed, type GroupLine } from "../statistics/mod.ts";

/** Stands for a tag that is the empty text. */
const NO_TAG = "OTHER";

/** The key's parts, as many as asked for; a missing one is empty. */
export function keyCells(key: GroupLine["key"], count: number): string[] {
  const parts = typeof key === "string" ? [key] : key;
  return Array.from({ length: count }, (_, index) => {
    const part = parts[index];
    return part === "" ? NO_TAG : part ?? "";
  });
}

/** Trades, average profit in percent, profit, profit in percent of the start, average duration. */
export function figureCells(line: GroupLine, coin: string): string[] {
  return [
    String(line.trades),
    formatFixed(line.profitMeanPct, 2),
    formatFixed(line.profitTotalAbs, coinDecimals(coin)),
    formatFixed(line.profitTotalPct, 2),
    line.durationAvg,
  ];
}

/** Wins, draws, losses and the share of wins in percent. */
export function winCells(
  { wins, draws, losses, trades }: Pick<GroupLine, "wins" | "draws" | "losses" | "trades">,
): string[] {
  const rate = wins === 0 ? "0" : losses === 0 ? "100" : formatFixed(100 / trades * wins, 1);
  return [wins, draws, losses, rate].map(String);
}

export function noTradesText({ settings }: ExportRun): string {
  const { dryRunWallet, stakeAmount } = settings.engine;
  const coin = settings.stakeCurrency;
  const stake = stakeAmount === "unlimited" ? stakeAmount : formatCoin(stakeAmount, coin);
  return `No trades made: starting balance ${formatCoin(dryRunWallet, coin)}, stake ${stake}`;
}
