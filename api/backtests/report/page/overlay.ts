/** What lies over the chart: the cross, the values under it, and a trade in words. */
import { type Chart, inkOf, type Point } from "./chart.ts";
import type { Pane } from "./panes.ts";
import { isoMinute, stepLabel, trimmedNumber } from "./scales.ts";
import { type TradeWords, tradeWords } from "./trade_text.ts";
import type { Equity, PairColumns } from "./unpacking.ts";

const POINTER_GAP_PX = 14;
const SHOWN_DIGITS = 6;

export function elementOf<T extends HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no element "${id}"`);
  return found as T;
}

/** Follows the pointer; null when it is not over the chart. */
export function showPointer(chart: Chart, point: Point | null): void {
  const inside = point !== null && point.x <= chart.layout.width ? point : null;
  drawCross(chart, inside);
  const time = inside === null ? chart.view.to : chart.timeAt(inside.x);
  showReadout(chart, time);
  const near = inside === null ? null : chart.tradeNear(inside);
  showTooltip(chart, near ?? chart.selected, near === null ? null : inside);
}

function drawCross({ layout, theme }: Chart, point: Point | null): void {
  const ink = inkOf(elementOf<HTMLCanvasElement>("overlay"));
  const { width, fullWidth, height } = layout;
  ink.clearRect(0, 0, fullWidth, height);
  if (point === null) return;
  const [x, y] = [Math.round(point.x) + 0.5, Math.round(point.y) + 0.5];
  ink.strokeStyle = theme.muted;
  ink.lineWidth = 1;
  ink.setLineDash([3, 3]);
  ink.beginPath();
  ink.moveTo(x, 0);
  ink.lineTo(x, height - 22);
  ink.moveTo(0, y);
  ink.lineTo(width, y);
  ink.stroke();
  ink.setLineDash([]);
}

/** The values at a time, in a line at the top of each pane. */
function showReadout(chart: Chart, time: number): void {
  const lines = chart.layout.panes.map((pane) => {
    const line = document.createElement("div");
    line.style.top = `${pane.top + 3}px`;
    line.append(...paneWords(chart, pane, time));
    return line;
  });
  elementOf("readout").replaceChildren(...lines);
}

function paneWords(chart: Chart, pane: Pane, time: number): (Node | string)[] {
  switch (pane.kind) {
    case "price":
      return [candleWords(chart, time), ...markWords(chart, pane, time)];
    case "plot":
      return [spanOf(pane.title, "title"), ...markWords(chart, pane, time)];
    case "equity":
    case "drawdown":
      return [spanOf(pane.title, "title"), curveWords(chart, pane, time)];
  }
}

function candleWords({ level, pair }: Chart, time: number): Node {
  if (level === undefined) return spanOf("", "");
  const { open, high, low, close, volume, start, step } = level.candles;
  const row = rowAt(level.candles, time);
  const price = (column: Float64Array) =>
    trimmedNumber(column[row] ?? NaN, pair.packed.priceDecimals);
  const volumeText = trimmedNumber(volume[row] ?? NaN, pair.packed.volumeDecimals);
  const values = `O ${price(open)} H ${price(high)} L ${price(low)} C ${
    price(close)
  } V ${volumeText}`;
  return spanOf(`${isoMinute(start + row * step)} ${stepLabel(step)}  ${values}`, "");
}

function markWords(chart: Chart, { marks }: Pane, time: number): Node[] {
  const { level } = chart;
  return marks.flatMap((mark) => {
    const line = level?.lines[mark.column];
    if (level === undefined || line === undefined || line === null) return [];
    const value = line.last[rowAt(level.candles, time)] ?? NaN;
    const span = spanOf("", "");
    const swatch = spanOf("", "swatch");
    swatch.style.backgroundColor = chart.markColor(mark);
    span.append(swatch, `${mark.name} ${shortValue(value)}`);
    return [span];
  });
}

function curveWords({ curve, payload: { head } }: Chart, { kind }: Pane, time: number): Node {
  const row = rowAt(curve, time);
  const value = (kind === "equity" ? curve.value.last : curve.drawdown)[row] ?? NaN;
  if (Number.isNaN(value)) return spanOf("–", "");
  return spanOf(
    kind === "equity"
      ? `${trimmedNumber(value, head.coinDecimals)} ${head.coin}`
      : `${(value * 100).toFixed(2)}%`,
    "",
  );
}

function rowAt(
  { start, step, count }: PairColumns["candles"] | Equity,
  time: number,
): number {
  return Math.max(0, Math.min(count - 1, Math.floor((time - start) / step)));
}

function shortValue(value: number): string {
  return Number.isNaN(value) ? "–" : String(Number(value.toPrecision(SHOWN_DIGITS)));
}

function spanOf(text: string, kind: string): HTMLElement {
  const span = document.createElement("span");
  span.textContent = text;
  if (kind !== "") span.className = kind;
  return span;
}

/** A trade beside the pointer, or beside its own marks when it was selected. */
function showTooltip(chart: Chart, row: number | null, point: Point | null): void {
  const tooltip = elementOf("tooltip");
  const { pair: { packed, trades }, payload: { head }, layout } = chart;
  tooltip.hidden = row === null;
  if (row === null) return;
  if (tooltip.dataset.row !== `${packed.name} ${row}`) {
    tooltip.dataset.row = `${packed.name} ${row}`;
    tooltip.replaceChildren(...tradeLines(tradeWords(head, packed, trades, row)));
  }
  const at = point ?? {
    x: chart.pixelAt(trades.closeDate[row] ?? NaN),
    y: chart.priceScale?.y(trades.closeRate[row] ?? NaN) ?? 0,
  };
  const { offsetWidth: wide, offsetHeight: tall } = tooltip;
  const right = at.x + POINTER_GAP_PX;
  const left = right + wide > layout.width ? at.x - POINTER_GAP_PX - wide : right;
  tooltip.style.left = `${Math.max(0, Math.min(layout.width - wide, left))}px`;
  tooltip.style.top = `${Math.max(0, Math.min(layout.height - tall, at.y + POINTER_GAP_PX))}px`;
}

function tradeLines(words: TradeWords): HTMLElement[] {
  const profit = spanOf(`${words.profit}  ${words.profitAbs}`, words.isWin ? "pos" : "neg");
  const lines: readonly (string | HTMLElement)[] = [
    words.title,
    profit,
    `in ${words.opened} at ${words.openRate}`,
    ...(words.tag === "" ? [] : [`tag ${words.tag}`]),
    `out ${words.closed} at ${words.closeRate}`,
    `reason ${words.reason}`,
    `held ${words.held}`,
  ];
  return lines.map((content) => {
    const line = document.createElement("div");
    line.append(content);
    return line;
  });
}
