/** The result's tables as markup, with the figures the terminal shows. */
import { coinDecimals, type ExportRun } from "../export/mod.ts";
import { formatFixed, type GroupLine, type PeriodLine } from "../statistics/mod.ts";
import { figureCells, keyCells, winCells } from "./figures.ts";
import { type Markup, markup } from "./markup.ts";
import { summaryRows } from "./summary.ts";
import { renderTable } from "./table.ts";

/** Stands where there is nothing to say, such as the best trade of none. */
const NOTHING = "–";
const PROFIT_COLUMNS = [1, 2, 3];

export function groupTables({ statistics: { groups }, settings }: ExportRun): Markup[] {
  const coin = settings.stakeCurrency;
  const leftOpen = groups.leftOpen.length > 1
    ? [groupTable("Left open at the end", ["Pair", "Trades"], groups.leftOpen, coin)]
    : [];
  const pairs = groupTable("Pairs", ["Pair", "Trades"], groups.perPair, coin);
  if (groups.perExitReason.length <= 1) return [pairs];
  return [
    pairs,
    groupTable("Exit reasons", ["Exit reason", "Exits"], groups.perExitReason, coin),
    groupTable("Enter tags", ["Enter tag", "Entries"], groups.perEnterTag, coin),
    groupTable(
      "Enter tags and exit reasons",
      ["Enter tag", "Exit reason", "Trades"],
      groups.perMixedTag,
      coin,
    ),
    ...leftOpen,
  ];
}

/** `names` are the key's columns and the name of the trade count. */
function groupTable(
  caption: string,
  names: readonly string[],
  lines: readonly GroupLine[],
  coin: string,
): Markup {
  const keys = names.length - 1;
  return renderTable({
    caption,
    names: keys,
    head: [
      ...names,
      "Avg profit %",
      `Tot profit ${coin}`,
      "Tot profit %",
      "Avg duration",
      "Win",
      "Draw",
      "Loss",
      "Win %",
    ],
    rows: lines.map((line) => [
      ...keyCells(line.key, keys),
      ...figureCells(line, coin),
      ...winCells(line),
    ]),
    toned: PROFIT_COLUMNS.map((column) => keys + column),
    hasTotal: true,
  });
}

/** Profit by year, month, week, day and day of the week; nothing without trades. */
export function periodTables({ statistics, settings }: ExportRun): Markup[] {
  const { periodicBreakdown: breakdown, totalTrades } = statistics;
  if (breakdown === null || totalTrades === 0) return [];
  const coin = settings.stakeCurrency;
  const tables: readonly [string, string, readonly PeriodLine[]][] = [
    ["Profit by weekday", "Weekday", breakdown.weekday],
    ["Profit by year", "Year to", breakdown.year],
    ["Profit by month", "Month to", breakdown.month],
    ["Profit by week", "Week to", breakdown.week],
    ["Profit by day", "Day", breakdown.day],
  ];
  return tables.map(([caption, name, lines]) =>
    markup`<details><summary>${caption}</summary>
${periodTable(caption, name, lines, coin)}</details>
`
  );
}

function periodTable(
  caption: string,
  name: string,
  lines: readonly PeriodLine[],
  coin: string,
): Markup {
  return renderTable({
    caption,
    names: 1,
    head: [name, "Trades", `Tot profit ${coin}`, "Profit factor", "Win", "Draw", "Loss", "Win %"],
    rows: lines.map((line) => [
      line.date,
      String(line.trades),
      formatFixed(line.profitAbs, coinDecimals(coin)),
      formatFixed(line.profitFactor, 2),
      ...winCells(line),
    ]),
    toned: [2],
  });
}

/** All figures of the run, a group of rows where the terminal leaves a blank line. */
export function summaryTable(run: ExportRun): Markup {
  const lines = summaryRows(run);
  const rows = lines.map(([label, value], index) => {
    if (label === "") {
      return markup`</tbody><tbody>
`;
    }
    if (value === "" && lines[index - 1]?.[0] === "") {
      return markup`<tr><th scope="rowgroup" colspan="2" class="group">${label}</th></tr>
`;
    }
    return markup`<tr><th scope="row">${label}</th><td class="num">${
      value === "" ? NOTHING : value
    }</td></tr>
`;
  });
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="Summary metrics">
<table class="summary"><caption><span>Summary metrics</span></caption>
<thead><tr><th scope="col">Metric</th><th scope="col" class="num">Value</th></tr></thead>
<tbody>
${rows}</tbody></table></div>
`;
}
