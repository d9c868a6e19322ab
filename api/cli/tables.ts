/** A run's report for the terminal, in the tables freqtrade's users know. */
import Table from "cli-table3";
import { type ExportRun, formatAmount, formatCoin } from "../backtests/export/mod.ts";
import {
  figureCells,
  keyCells,
  noTradesText,
  summaryRows,
  winCells,
} from "../backtests/report/mod.ts";
import { dateText, formatFixed, type GroupLine } from "../backtests/statistics/mod.ts";
import { sparkline } from "./sparkline.ts";

const EQUITY_WIDTH = 60;
const WIN_HEADER = "Win  Draw  Loss  Win%";

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
  const rows = lines.map((line) => [...keyCells(line.key, keys), ...rowOf(line, coin)]);
  return drawTable(title, head, rows, "right");
}

/** The four counts in the widths of `WIN_HEADER`. */
function rowOf(line: GroupLine, coin: string): string[] {
  const counts = winCells(line).map((count) => count.padStart(4)).join("  ");
  return [...figureCells(line, coin), counts];
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
      ...(total === undefined ? [] : rowOf(total, coin)),
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
