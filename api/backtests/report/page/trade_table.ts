/** The list of a pair's trades, a page at a time. */
import type { Chart } from "./chart.ts";
import { tradeWords } from "./trade_text.ts";

const PAGE_ROWS = 20;

export interface TradeTable {
  /** Shows the pair's trades from the first on. */
  reset(): void;
}

/** Null when the run has no trade. */
export function openTradeTable(chart: Chart, pick: (row: number) => void): TradeTable | null {
  const section = document.getElementById("trades");
  const body = document.getElementById("trade-rows");
  const status = document.getElementById("page-status");
  const name = document.getElementById("trades-pair");
  if (section === null || body === null || status === null || name === null) return null;
  section.hidden = false;
  let page = 0;
  const pages = () => Math.max(1, Math.ceil(chart.pair.trades.count / PAGE_ROWS));
  const fill = () => {
    const { count } = chart.pair.trades;
    const first = page * PAGE_ROWS;
    const last = Math.min(count, first + PAGE_ROWS);
    body.replaceChildren();
    for (let row = first; row < last; row++) body.append(tradeRow(chart, row, pick));
    status.textContent = count === 0 ? "No trade of this pair" : `${first + 1}–${last} of ${count}`;
    name.textContent = chart.pair.packed.name;
    for (const button of section.querySelectorAll<HTMLButtonElement>("[data-page]")) {
      button.disabled = button.dataset.page === "next" ? page >= pages() - 1 : page === 0;
    }
  };
  section.addEventListener("click", (event) => {
    const turn = event.target instanceof HTMLElement ? event.target.dataset.page : undefined;
    if (turn === undefined) return;
    page = Math.max(0, Math.min(pages() - 1, page + (turn === "next" ? 1 : -1)));
    fill();
  });
  return {
    reset() {
      page = 0;
      fill();
    },
  };
}

function tradeRow(chart: Chart, row: number, pick: (row: number) => void): HTMLElement {
  const { payload: { head }, pair: { packed, trades } } = chart;
  const words = tradeWords(head, packed, trades, row);
  const line = document.createElement("tr");
  const title = document.createElement("th");
  title.scope = "row";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link";
  button.textContent = String(trades.number[row] ?? "");
  button.setAttribute("aria-label", `Show ${words.title} in the chart`);
  button.addEventListener("click", () => pick(row));
  title.append(button);
  line.append(title);
  const tone = words.isWin ? "pos" : (trades.profitAbs[row] ?? 0) < 0 ? "neg" : "flat";
  const cells: readonly (readonly [string, string])[] = [
    [words.side, ""],
    [words.opened, ""],
    [words.closed, ""],
    [words.openRate, "num"],
    [words.closeRate, "num"],
    [words.profit, `num ${tone}`],
    [words.profitAbs, `num ${tone}`],
    [words.tag, ""],
    [words.reason, ""],
  ];
  for (const [text, kind] of cells) {
    const cell = document.createElement("td");
    cell.textContent = text;
    if (kind !== "") cell.className = kind;
    line.append(cell);
  }
  return line;
}
