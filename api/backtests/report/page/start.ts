/** Reads the payload, opens the chart and connects it with the rest of the page. */
import { Chart, type Point, viewText } from "./chart.ts";
import { act, type ChartAction, wireKeys, wirePointers, wireWheel } from "./gestures.ts";
import { countWins } from "./paint_trades.ts";
import { elementOf, showPointer } from "./overlay.ts";
import { stepLabel, trimmedNumber } from "./scales.ts";
import { wireTheme } from "./theme.ts";
import { openTradeTable } from "./trade_table.ts";
import { tradeSentence, tradeWords } from "./trade_text.ts";
import { unpackPayload } from "./unpacking.ts";

async function startPage(): Promise<void> {
  const theme = elementOf<HTMLButtonElement>("theme");
  const box = document.getElementById("chart");
  if (box === null) return wireTheme(theme, () => {});
  const payload = await unpackPayload(elementOf("payload").textContent ?? "");
  box.hidden = false;
  elementOf("controls").hidden = false;
  const plot = elementOf<HTMLCanvasElement>("plot");
  const overlay = elementOf<HTMLCanvasElement>("overlay");
  let hovered: Point | null = null;
  const chart = new Chart(payload, { box, plot, overlay }, () => showPointer(chart, hovered));
  const say = () => describeView(chart);
  wireTheme(theme, () => chart.refresh());
  wireKeys(box, chart, say);
  wireWheel(box, chart);
  wirePointers(box, chart, {
    hover: (point) => {
      hovered = point;
      showPointer(chart, hovered);
    },
    done: say,
  });
  const table = openTradeTable(chart, (row) => {
    chart.select(row);
    box.focus();
    say();
  });
  wireControls(chart, () => {
    table?.reset();
    say();
  }, say);
  addEventListener("resize", () => chart.refresh());
  table?.reset();
  chart.redraw();
  say();
}

function wireControls(chart: Chart, paired: () => void, say: () => void): void {
  const select = elementOf<HTMLSelectElement>("pair");
  select.addEventListener("change", () => {
    chart.showPair(Number(select.value));
    paired();
  });
  elementOf("controls").addEventListener("click", (event) => {
    const action = event.target instanceof HTMLElement ? event.target.dataset.action : undefined;
    if (action === undefined) return;
    act(chart, action as ChartAction);
    say();
  });
}

/** What is in sight, in words; also for who does not see it. */
function describeView(chart: Chart): void {
  const { view, level, pair, payload: { head }, visibleTrades, selected } = chart;
  const status = elementOf("chart-status");
  if (selected !== null) {
    status.textContent = `${
      tradeSentence(tradeWords(head, pair.packed, pair.trades, selected))
    }. In sight: ${viewText(view)}`;
    return;
  }
  if (level === undefined) return;
  const { start, step, count, open, close, high, low } = level.candles;
  const first = Math.max(0, Math.floor((view.from - start) / step));
  const last = Math.min(count - 1, Math.ceil((view.to - start) / step) - 1);
  const decimals = pair.packed.priceDecimals;
  const price = (value: number | undefined) => trimmedNumber(value ?? NaN, decimals);
  const peak = high.slice(first, last + 1).reduce((a, b) => b > a ? b : a, -Infinity);
  const foot = low.slice(first, last + 1).reduce((a, b) => b < a ? b : a, Infinity);
  const wins = countWins(pair.trades, visibleTrades);
  status.textContent = `${pair.packed.name}, ${viewText(view)}: ${stepLabel(step)} candles from ${
    price(open[first])
  } to ${price(close[last])}, between ${price(foot)} and ${price(peak)}; ${
    tradesText(visibleTrades.length, wins)
  }`;
}

function tradesText(count: number, wins: number): string {
  if (count === 0) return "no trades";
  return count === 1 ? `1 trade, ${wins} won` : `${count} trades, ${wins} of them won`;
}

await startPage();
