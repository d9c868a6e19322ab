/** The calendar of closed profit as markup. */
import { coinDecimals, type ExportRun } from "../export/mod.ts";
import { formatFixed } from "../statistics/mod.ts";
import { type Markup, markup } from "./markup.ts";
import { type MonthCell, yearLines } from "./months.ts";

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const SHADES = 4;

/** Percent of the starting balance a month; nothing without trades. */
export function monthTable({ statistics, settings }: ExportRun): Markup | null {
  const { periodicBreakdown: breakdown, startingBalance, totalTrades } = statistics;
  if (breakdown === null || totalTrades === 0) return null;
  const coin = settings.stakeCurrency;
  const years = yearLines(breakdown.month);
  const largest = breakdown.month.reduce((max, line) => Math.max(max, Math.abs(line.profitAbs)), 0);
  const cell = (month: MonthCell | null, shaded: boolean): Markup => {
    if (month === null) return markup`<td></td>`;
    const { profitAbs, trades } = month;
    const title = `${formatFixed(profitAbs, coinDecimals(coin))} ${coin}, ${countText(trades)}`;
    const shade = shaded ? shadeOf(profitAbs, largest) : "";
    const percent = formatFixed(profitAbs / startingBalance * 100, 2);
    return markup`<td class="num${shade}" title="${title}">${percent}</td>`;
  };
  const caption = "Closed profit by month, percent of the starting balance";
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="${caption}">
<table class="months"><caption><span>${caption}</span></caption>
<thead><tr><th scope="col">Year</th>${
    MONTHS.map((month) => markup`<th scope="col" class="num">${month}</th>`)
  }<th scope="col" class="num">Year</th></tr></thead>
<tbody>
${
    years.map(({ year, months, total }) =>
      markup`<tr><th scope="row">${year}</th>${months.map((month) => cell(month, true))}${
        cell(total, false)
      }</tr>
`
    )
  }</tbody></table></div>
`;
}

function shadeOf(profit: number, largest: number): string {
  if (profit === 0 || largest === 0) return "";
  const depth = Math.max(1, Math.ceil(Math.abs(profit) / largest * SHADES));
  return profit > 0 ? ` gain-${depth}` : ` fall-${depth}`;
}

function countText(trades: number): string {
  return trades === 1 ? "1 trade" : `${trades} trades`;
}
