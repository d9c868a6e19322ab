/** A run's report for the terminal, in the tables freqtrade's users know. */
import Table from "cli-table3";
import { coinDecimals, type ExportRun, formatAmount, formatCoin } from "../backtests/export/mod.ts";
import { dateText, formatFixed, type GroupLine } from "../backtests/statistics/mod.ts";
import { sparkline } from "./sparkline.ts";
import { summaryRows } from "./summary.ts";

const EQUITY_WIDTH = 60;
const WIN_HEADER = "Win  Draw  Loss  Win%";
/** Stands for a tag that is the empty text. */
const NO_TAG = "OTHER";

type Columns = readonly string[];

/** The whole report of one or more strategies over the same candles. */
export function renderReport(runs: readonly ExportRun[]): string {
  const [first] = runs;
  if (first === undefined) return "";
  const { period, maxOpenTrades } = first.statistics;
  return [
    ...runs.map(renderRun),
    `Backtested ${dateText(period.start)} -> ${dateText(period.end)}` +
    ` | Max open trades: ${maxOpenTrades}`,
    strategyTable(runs),
  ].join("\n");
}

function renderRun(run: ExportRun): string {
  const { groups } = run.statistics;
  const coin = run.settings.stakeCurrency;
  return [
    `Result for strategy ${run.strategyName}`,
    groupTable("BACKTESTING REPORT", ["Pair", "Trades"], groups.perPair, coin),
    groupTable("LEFT OPEN TRADES REPORT", ["Pair", "Trades"], groups.leftOpen, coin),
    groupTable("ENTER TAG STATS", ["Enter Tag", "Entries"], groups.perEnterTag, coin),
    groupTable("EXIT REASON STATS", ["Exit Reason", "Exits"], groups.perExitReason, coin),
    groupTable(
      "MIXED TAG STATS",
      ["Enter Tag", "Exit Reason", "Trades"],
      groups.perMixedTag,
      coin,
    ),
    ...(run.result.trades.length > 0 ? [summaryTable(run)] : [noTradesText(run)]),
    equityLine(run),
    "",
  ].join("\n");
}

/** `names` are the key's columns and the name of the trade count. */
function groupTable(title: string, names: Columns, lines: readonly GroupLine[], coin: string) {
  const keys = names.length - 1;
  const head = [
    ...names,
    "Avg Profit %",
    `Tot Profit ${coin}`,
    "Tot Profit %",
    "Avg Duration",
    WIN_HEADER,
  ];
  const rows = lines.map((line) => [...keyCells(line.key, keys), ...figureCells(line, coin)]);
  return drawTable(title, head, rows, "right");
}

function keyCells(key: GroupLine["key"], count: number): string[] {
  const parts = typeof key === "string" ? [key] : key;
  return Array.from({ length: count }, (_, index) => {
    const part = parts[index];
    return part === "" ? NO_TAG : part ?? "";
  });
}

function figureCells(line: GroupLine, coin: string): string[] {
  return [
    String(line.trades),
    formatFixed(line.profitMeanPct, 2),
    formatFixed(line.profitTotalAbs, coinDecimals(coin)),
    formatFixed(line.profitTotalPct, 2),
    line.durationAvg,
    winText(line),
  ];
}

/** The four counts in the widths of `WIN_HEADER`. */
function winText({ wins, draws, losses, trades }: GroupLine): string {
  const rate = wins === 0 ? "0" : losses === 0 ? "100" : formatFixed(100 / trades * wins, 1);
  return [wins, draws, losses, rate].map((value) => String(value).padStart(4)).join("  ");
}

function summaryTable(run: ExportRun): string {
  const rows = summaryRows(run).map((row) => [...row]);
  return drawTable("SUMMARY METRICS", ["Metric", "Value"], rows, "left");
}

function strategyTable(runs: readonly ExportRun[]): string {
  const [first] = runs;
  const coin = first?.settings.stakeCurrency ?? "";
  const head = [
    "Strategy",
    "Trades",
    "Avg Profit %",
    `Tot Profit ${coin}`,
    "Tot Profit %",
    "Avg Duration",
    WIN_HEADER,
    "Drawdown",
  ];
  const rows = runs.map(({ strategyName, statistics }) => {
    const total = statistics.groups.perPair.at(-1);
    const account = statistics.drawdown?.maxDrawdownAccount ?? 0;
    const lost = formatAmount(statistics.drawdown?.maxDrawdownAbs ?? 0, coin);
    return [
      strategyName,
      ...(total === undefined ? [] : figureCells(total, coin)),
      `${lost} ${coin}  ${formatFixed(account * 100, 2)}%`,
    ];
  });
  return drawTable("STRATEGY SUMMARY", head, rows, "right");
}

function equityLine({ result: { equity }, settings: { stakeCurrency: coin } }: ExportRun): string {
  const first = equity.equity[0];
  const last = equity.equity.at(-1);
  if (first === undefined || last === undefined) return "";
  const line = sparkline(equity.equity, EQUITY_WIDTH);
  return `Equity ${formatCoin(first, coin)} ${line} ${formatCoin(last, coin)}`;
}

function noTradesText({ settings }: ExportRun): string {
  const { dryRunWallet, stakeAmount } = settings.engine;
  const coin = settings.stakeCurrency;
  const stake = stakeAmount === "unlimited" ? stakeAmount : formatCoin(stakeAmount, coin);
  return `No trades made: starting balance ${formatCoin(dryRunWallet, coin)}, stake ${stake}`;
}

function drawTable(
  title: string,
  head: Columns,
  rows: readonly (readonly string[])[],
  align: "left" | "right",
): string {
  const table = new Table({
    head: [...head],
    colAligns: head.map(() => align),
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => [...row]));
  const text = table.toString();
  const width = text.indexOf("\n");
  const indent = " ".repeat(Math.max(0, Math.floor((width - title.length) / 2)));
  return `${indent}${title}\n${text}`;
}
