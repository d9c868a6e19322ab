/** The rows of the summary table: a label and a value, or nothing for a blank line. */
import { type ExportRun, formatCoin } from "../export/mod.ts";
import {
  dateText,
  formatFixed,
  type HoldingTimes,
  longDurationText,
  shortDurationText,
} from "../statistics/mod.ts";
import type { TradeResult } from "../../../core-wasm/engine_types.ts";

export type SummaryRow = readonly [label: string, value: string];

const BLANK: SummaryRow = ["", ""];

export function summaryRows(run: ExportRun): SummaryRow[] {
  return [
    ...runRows(run),
    BLANK,
    ...profitRows(run),
    ...sideRows(run),
    BLANK,
    ...extremeRows(run),
    BLANK,
    ...drawdownRows(run),
    ...walletRows(run),
  ];
}

export function formatPercent(ratio: number): string {
  return `${formatFixed(ratio * 100, 2)}%`;
}

function runRows({ statistics: stats, settings }: ExportRun): SummaryRow[] {
  const margin = settings.marginMode === "" ? "" : `${capitalize(settings.marginMode)} `;
  return [
    ["Backtesting from", dateText(stats.period.start)],
    ["Backtesting to", dateText(stats.period.end)],
    ["Trading mode", `${margin}${capitalize(settings.engine.tradingMode)}`],
    ["Max open trades", String(stats.maxOpenTrades)],
  ];
}

function profitRows({ statistics: stats, settings: { stakeCurrency: coin } }: ExportRun) {
  const rows: SummaryRow[] = [
    ["Total/daily avg trades", `${stats.totalTrades} / ${stats.tradesPerDay}`],
    ["Starting balance", formatCoin(stats.startingBalance, coin)],
    ["Final balance", formatCoin(stats.finalBalance, coin)],
    ["Absolute profit", formatCoin(stats.profitTotalAbs, coin)],
    ["Total profit %", formatPercent(stats.profitTotal)],
    ["CAGR %", formatPercent(stats.cagr)],
    ["Sharpe (closed trades)", formatFixed(stats.sharpe, 2)],
    ["Sortino (closed trades)", formatFixed(stats.sortino, 2)],
    ["Calmar (closed trades)", formatFixed(stats.calmar, 2)],
    ["SQN", formatFixed(stats.sqn, 2)],
    ["Mean profit p-value", String(Number(stats.pValue.toPrecision(4)))],
    ["Profit factor", formatFixed(stats.profitFactor, 2)],
    [
      "Expectancy (ratio)",
      `${formatFixed(stats.expectancy, 2)} (${formatFixed(stats.expectancyRatio, 2)})`,
    ],
    ["Avg. daily profit", formatCoin(stats.profitTotalAbs / stats.backtestDays, coin)],
    ["Avg. stake amount", formatCoin(stats.avgStakeAmount, coin)],
    ["Market change", formatPercent(stats.marketChange)],
    ["Total trade volume", formatCoin(stats.totalVolume, coin)],
  ];
  return rows;
}

function sideRows({ statistics: stats, settings: { stakeCurrency: coin } }: ExportRun) {
  if (stats.tradeCountShort === 0) return [];
  const rows: SummaryRow[] = [
    BLANK,
    ["Long / short trades", `${stats.tradeCountLong} / ${stats.tradeCountShort}`],
    [
      "Long / short profit %",
      `${formatPercent(stats.profitTotalLong)} / ${formatPercent(stats.profitTotalShort)}`,
    ],
    [
      `Long / short profit ${coin}`,
      `${formatCoin(stats.profitTotalLongAbs, coin)} / ${
        formatCoin(stats.profitTotalShortAbs, coin)
      }`,
    ],
  ];
  return rows;
}

function extremeRows(run: ExportRun): SummaryRow[] {
  const { statistics: stats, result: { trades }, settings: { stakeCurrency: coin } } = run;
  const { daily, holding, counters } = stats;
  return [
    ["Best pair", pairText(stats.bestPair)],
    ["Worst pair", pairText(stats.worstPair)],
    ["Best trade", tradeText(trades, (a, b) => b.profitRatio > a.profitRatio)],
    ["Worst trade", tradeText(trades, (a, b) => b.profitRatio < a.profitRatio)],
    ["Best day", formatCoin(daily.backtestBestDayAbs, coin)],
    ["Worst day", formatCoin(daily.backtestWorstDayAbs, coin)],
    ["Days win/draw/lose", `${daily.winningDays} / ${daily.drawDays} / ${daily.losingDays}`],
    ["Min/max/avg. duration winners", timesText(holding.winners)],
    ["Min/max/avg. duration losers", timesText(holding.losers)],
    [
      "Max consecutive wins / losses",
      `${holding.maxConsecutiveWins} / ${holding.maxConsecutiveLosses}`,
    ],
    ["Rejected entry signals", String(counters.rejectedSignals)],
    ["Entry/exit timeouts", `${counters.timedOutEntryOrders} / ${counters.timedOutExitOrders}`],
    ...adjustmentRows(counters),
  ];
}

function adjustmentRows(counters: ExportRun["statistics"]["counters"]): SummaryRow[] {
  if (counters.canceledEntryOrders === 0) return [];
  return [
    ["Canceled trade entries", String(counters.canceledTradeEntries)],
    ["Canceled entry orders", String(counters.canceledEntryOrders)],
    ["Replaced entry orders", String(counters.replacedEntryOrders)],
  ];
}

function drawdownRows({ statistics, settings: { stakeCurrency: coin } }: ExportRun) {
  const drawdown = statistics.drawdown;
  if (drawdown === null) return [];
  const rows: SummaryRow[] = [
    [
      "Min/max balance (closed trades)",
      `${formatCoin(drawdown.csumMin, coin)} / ${formatCoin(drawdown.csumMax, coin)}`,
    ],
    ["Max % of account underwater", formatPercent(drawdown.maxRelativeDrawdown)],
    [
      "Absolute drawdown",
      `${formatCoin(drawdown.maxDrawdownAbs, coin)} (${
        formatPercent(drawdown.maxDrawdownAccount)
      })`,
    ],
    ["Drawdown duration", longDurationText(drawdown.drawdownDurationS)],
    ["Profit at drawdown start", formatCoin(drawdown.maxDrawdownHigh, coin)],
    ["Profit at drawdown end", formatCoin(drawdown.maxDrawdownLow, coin)],
    ["Drawdown start", dateText(drawdown.drawdownStartTs)],
    ["Drawdown end", dateText(drawdown.drawdownEndTs)],
  ];
  return rows;
}

function walletRows({ statistics, settings: { stakeCurrency: coin } }: ExportRun) {
  const wallet = statistics.walletStats;
  if (wallet === null) return [];
  const rows: SummaryRow[] = [
    BLANK,
    ["By the wallet's balance", ""],
    [
      "Min/max balance (wallet)",
      `${formatCoin(wallet.lowBalance, coin)} / ${formatCoin(wallet.highBalance, coin)}`,
    ],
    ["Min/max balance dates", `${dateText(wallet.lowTs)} / ${dateText(wallet.highTs)}`],
    ["Max % of account underwater", formatPercent(wallet.maxRelativeDrawdown)],
    [
      "Absolute drawdown (wallet)",
      `${formatCoin(wallet.maxDrawdownAbs, coin)} (${formatPercent(wallet.maxDrawdownAccount)})`,
    ],
    ["Sharpe (daily balance)", formatFixed(wallet.sharpe, 2)],
    ["Sortino (daily balance)", formatFixed(wallet.sortino, 2)],
    ["Calmar (daily balance)", formatFixed(wallet.calmar, 2)],
  ];
  return rows;
}

function pairText(line: ExportRun["statistics"]["bestPair"]): string {
  return line === null ? "" : `${line.key} ${formatPercent(line.profitTotal)}`;
}

function tradeText(
  trades: readonly TradeResult[],
  beats: (held: TradeResult, other: TradeResult) => boolean,
): string {
  const [first, ...rest] = trades;
  if (first === undefined) return "";
  const chosen = rest.reduce((held, other) => beats(held, other) ? other : held, first);
  return `${chosen.pair} ${formatPercent(chosen.profitRatio)}`;
}

function timesText({ minS, maxS, avgS }: HoldingTimes): string {
  return [minS, maxS, avgS].map(shortDurationText).join(" / ");
}

function capitalize(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
