/** The chart: what is loaded, what is in sight, and drawing it once a frame. */
import type { Grid, LineBuckets } from "./buckets.ts";
import { candleLevels, equityLevels, levelFor, rowsIn } from "./levels.ts";
import { type Brush, paintCandles, paintVolume } from "./paint_candles.ts";
import { paintBars, paintBetween, paintDots, paintLine } from "./paint_lines.ts";
import { longestHeld, paintHeld, paintTrades, tradeAt, tradesIn } from "./paint_trades.ts";
import { type Layout, layOut, type Pane, scaleFor, type ValueScale, widenRange } from "./panes.ts";
import { isoMinute, timeTicks, valueTicks } from "./scales.ts";
import { readTheme, seenColor, type Theme } from "./theme.ts";
import {
  type Equity,
  type PackedPair,
  type PairColumns,
  type Payload,
  type PlotMark,
  readEquity,
  readPair,
  readTrades,
  type Trades,
} from "./unpacking.ts";
import { type Bounds, type View, viewAround, wholeView } from "./view.ts";

/** A pair made ready to draw. */
export interface LoadedPair {
  readonly packed: PackedPair;
  readonly levels: readonly PairColumns[];
  readonly trades: Trades;
  readonly longest: number;
  readonly bounds: Bounds;
}

export interface ChartCanvas {
  readonly box: HTMLElement;
  readonly plot: HTMLCanvasElement;
  readonly overlay: HTMLCanvasElement;
}

/** Where the pointer is, in pixels of the chart. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

const CANDLE_PX_LEAST = 2.5;
const LINE_PX_LEAST = 1;
const ROWS_LEAST = 24;
const TICK_PX = 92;
const VALUE_TICK_PX = 27;
const FIRST_ROWS = 240;
/** Half of what a label at the right needs, so that those of two panes do not touch. */
const LABEL_PX = 6;
/** The drawdown that fills its pane at least. */
const FALL_LEAST = -0.01;

/** The chart over a payload; `changed` is told after each drawing. */
export class Chart {
  readonly payload: Payload;
  readonly #canvas: ChartCanvas;
  readonly #changed: () => void;
  readonly #curve: readonly Equity[];
  #pair: LoadedPair;
  #view: View;
  #layout: Layout;
  #theme: Theme = readTheme();
  #selected: number | null = null;
  #frame = 0;
  #priceScale: ValueScale | null = null;

  constructor(payload: Payload, canvas: ChartCanvas, changed: () => void) {
    this.payload = payload;
    this.#canvas = canvas;
    this.#changed = changed;
    this.#curve = equityLevels(readEquity(payload.body, payload.head), payload.head.steps);
    this.#pair = loadPair(payload, 0);
    this.#view = wholeView(this.#pair.bounds);
    this.#layout = this.#measure();
  }

  get pair(): LoadedPair {
    return this.#pair;
  }

  get view(): View {
    return this.#view;
  }

  get layout(): Layout {
    return this.#layout;
  }

  get theme(): Theme {
    return this.#theme;
  }

  get selected(): number | null {
    return this.#selected;
  }

  get priceScale(): ValueScale | null {
    return this.#priceScale;
  }

  /** Candles as they are drawn now. */
  get level(): PairColumns | undefined {
    const least = this.#msPerPixel * CANDLE_PX_LEAST;
    return levelFor(this.#pair.levels, ({ candles }) => candles.step, least);
  }

  /** The equity as it is drawn now. */
  get curve(): Equity {
    const least = this.#msPerPixel * LINE_PX_LEAST;
    return levelFor(this.#curve, ({ step }) => step, least) as Equity;
  }

  get visibleTrades(): number[] {
    return tradesIn(this.#pair.trades, this.#view, this.#pair.longest);
  }

  showPair(index: number): void {
    this.#pair = loadPair(this.payload, index);
    this.#selected = null;
    this.show(wholeView(this.#pair.bounds));
  }

  show(view: View): void {
    this.#view = view;
    this.redraw();
  }

  /** Selects a trade and brings it into sight. */
  select(row: number | null): void {
    this.#selected = row;
    const { trades, bounds, packed } = this.#pair;
    if (row !== null) {
      const [opened, closed] = [trades.openDate[row] ?? NaN, trades.closeDate[row] ?? NaN];
      const { from, to } = this.#view;
      const wanted = Math.max(packed.step * FIRST_ROWS, 2 * (closed - opened));
      const isFar = to - from > 4 * wanted || to - from < closed - opened;
      if (isFar || opened < from || closed > to) {
        this.#view = viewAround((opened + closed) / 2, isFar ? wanted : to - from, bounds);
      }
    }
    this.redraw();
  }

  /** The time under a pixel. */
  timeAt(pixel: number): number {
    return this.#view.from + pixel * this.#msPerPixel;
  }

  pixelAt(time: number): number {
    return (time - this.#view.from) / this.#msPerPixel;
  }

  /** The trade near a point. */
  tradeNear(point: Point): number | null {
    if (this.#priceScale === null) return null;
    const at = { scale: this.#priceScale, point };
    return tradeAt({ x: (time) => this.pixelAt(time) }, this.#pair.trades, this.visibleTrades, at);
  }

  /** After a change of size or colours. */
  refresh(): void {
    this.#theme = readTheme();
    this.#layout = this.#measure();
    this.redraw();
  }

  redraw(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
      this.#changed();
    });
  }

  get #msPerPixel(): number {
    return (this.#view.to - this.#view.from) / Math.max(1, this.#layout.width);
  }

  #measure(): Layout {
    const { box, plot, overlay } = this.#canvas;
    const { panes, equity } = this.payload.head;
    const layout = layOut(panes, equity.count > 1, box.clientWidth);
    for (const canvas of [plot, overlay]) fitCanvas(canvas, layout);
    return layout;
  }

  #draw(): void {
    const ink = inkOf(this.#canvas.plot);
    const { fullWidth, height, width, panes } = this.#layout;
    ink.clearRect(0, 0, fullWidth, height);
    ink.font = this.#theme.font;
    this.#drawTimes(ink);
    for (const pane of panes) {
      ink.save();
      ink.beginPath();
      ink.rect(0, pane.top, width, pane.height);
      ink.clip();
      const scale = this.#drawPane(ink, pane);
      ink.restore();
      this.#drawFrame(ink, pane, scale);
    }
  }

  #brush(ink: CanvasRenderingContext2D, grid: Grid): Brush {
    const { from } = this.#view;
    const perPixel = this.#msPerPixel;
    return {
      ink,
      theme: this.#theme,
      x: (time) => (time - from) / perPixel,
      rows: rowsIn(grid, this.#view),
    };
  }

  #drawPane(ink: CanvasRenderingContext2D, pane: Pane): ValueScale {
    switch (pane.kind) {
      case "price":
        return this.#drawPrices(ink, pane);
      case "plot":
        return this.#drawPlot(ink, pane);
      case "equity":
      case "drawdown":
        return this.#drawCurve(ink, pane);
    }
  }

  #drawPrices(ink: CanvasRenderingContext2D, pane: Pane): ValueScale {
    const { candles } = this.level ?? this.#pair.levels[0] as PairColumns;
    const brush = this.#brush(ink, candles);
    const range = { min: Infinity, max: -Infinity };
    widenRange(range, candles.low, brush.rows);
    widenRange(range, candles.high, brush.rows);
    const scale = scaleFor(pane, range.min, range.max);
    this.#priceScale = scale;
    const { trades } = this.#pair;
    if (this.#selected !== null) paintHeld(brush, trades, this.#selected, pane);
    paintVolume(brush, candles, pane);
    this.#drawMarks(ink, pane.marks, scale);
    paintCandles(brush, candles, scale);
    paintTrades(brush, trades, this.visibleTrades, { scale, pane, selected: this.#selected });
    return scale;
  }

  #drawPlot(ink: CanvasRenderingContext2D, pane: Pane): ValueScale {
    const range = { min: Infinity, max: -Infinity };
    for (const { column, kind } of pane.marks) {
      const found = this.#line(column);
      if (found === null) continue;
      const rows = rowsIn(found.grid, this.#view);
      widenRange(range, found.line.min, rows);
      widenRange(range, found.line.max, rows);
      if (kind === "bar") widenRange(range, new Float64Array(1), { from: 0, to: 1 });
    }
    const scale = scaleFor(pane, range.min, range.max);
    this.#drawMarks(ink, pane.marks, scale);
    return scale;
  }

  #drawMarks(ink: CanvasRenderingContext2D, marks: readonly PlotMark[], scale: ValueScale): void {
    for (const mark of marks) {
      const found = this.#line(mark.column);
      if (found === null) continue;
      const { line, grid } = found;
      const brush = this.#brush(ink, grid);
      const color = this.markColor(mark);
      const other = mark.fillTo === null ? null : this.#line(mark.fillTo);
      if (other !== null) {
        const fill = mark.fillColor ?? color;
        paintBetween(brush, [line.last, other.line.last], grid, scale, fill);
      }
      if (mark.kind === "bar") paintBars(brush, line, grid, scale, color);
      else if (mark.kind === "dots") paintDots(brush, line, grid, scale, color);
      else paintLine(brush, line, grid, scale, color);
    }
  }

  /** The mark's own colour, or one of the page's, that can be seen on its background. */
  markColor({ color, column }: PlotMark): string {
    const { palette, accent } = this.#theme;
    const wanted = color ?? palette[column % palette.length] ?? accent;
    return seenColor(wanted, this.#theme, inkOf(this.#canvas.overlay));
  }

  #line(column: number): { line: LineBuckets; grid: Grid } | null {
    const least = this.#msPerPixel * LINE_PX_LEAST;
    const level = levelFor(this.#pair.levels, ({ candles }) => candles.step, least);
    const line = level?.lines[column] ?? null;
    return level === undefined || line === null ? null : { line, grid: level.candles };
  }

  #drawCurve(ink: CanvasRenderingContext2D, pane: Pane): ValueScale {
    const { curve } = this;
    const brush = this.#brush(ink, curve);
    const { value, drawdown } = curve;
    const isFall = pane.kind === "drawdown";
    const range = { min: isFall ? FALL_LEAST : Infinity, max: isFall ? 0 : -Infinity };
    widenRange(range, isFall ? drawdown : value.min, brush.rows);
    widenRange(range, isFall ? drawdown : value.max, brush.rows);
    const scale = scaleFor(pane, range.min, range.max);
    const line = isFall ? { min: drawdown, max: drawdown, last: drawdown } : value;
    const color = isFall ? this.#theme.down : this.#theme.accent;
    const floor = new Float64Array(curve.count).fill(isFall ? 0 : scale.min);
    paintBetween(brush, [line.last, floor], curve, scale, color);
    paintLine(brush, line, curve, scale, color);
    return scale;
  }

  #drawTimes(ink: CanvasRenderingContext2D): void {
    const { width, height, panes } = this.#layout;
    ink.fillStyle = this.#theme.muted;
    ink.strokeStyle = this.#theme.grid;
    ink.lineWidth = 1;
    ink.textAlign = "center";
    ink.textBaseline = "alphabetic";
    for (const { value, label } of timeTicks(this.#view, width / TICK_PX)) {
      const x = Math.round(this.pixelAt(value)) + 0.5;
      ink.beginPath();
      for (const pane of panes) {
        ink.moveTo(x, pane.top);
        ink.lineTo(x, pane.top + pane.height);
      }
      ink.stroke();
      const half = ink.measureText(label).width / 2;
      if (x > half && x < width - half + 20) ink.fillText(label, x, height - 8);
    }
  }

  #drawFrame(ink: CanvasRenderingContext2D, pane: Pane, scale: ValueScale): void {
    const { width } = this.#layout;
    const isFall = pane.kind === "drawdown";
    ink.strokeStyle = this.#theme.grid;
    ink.fillStyle = this.#theme.muted;
    ink.textAlign = "left";
    ink.textBaseline = "middle";
    const factor = isFall ? 100 : 1;
    const count = pane.height / VALUE_TICK_PX;
    for (const { value, label } of valueTicks(scale.min * factor, scale.max * factor, count)) {
      if (isFall && value > 0) continue;
      const y = Math.round(scale.y(value / factor)) + 0.5;
      if (y < pane.top + LABEL_PX || y > scale.y(scale.least) + LABEL_PX) continue;
      ink.globalAlpha = 0.7;
      ink.beginPath();
      ink.moveTo(0, y);
      ink.lineTo(width, y);
      ink.stroke();
      ink.globalAlpha = 1;
      ink.fillText(isFall ? `${label}%` : label, width + 6, y);
    }
    ink.strokeRect(0.5, pane.top + 0.5, width - 1, pane.height - 1);
  }
}

/** `2022-01-01 08:00 to …` */
export function viewText({ from, to }: View): string {
  return `${isoMinute(from)} to ${isoMinute(to)}`;
}

function loadPair(payload: Payload, index: number): LoadedPair {
  const packed = payload.head.pairs[index] as PackedPair;
  const { start, step, count } = packed;
  const trades = readTrades(payload.body, packed);
  const end = start + count * step;
  return {
    packed,
    levels: candleLevels(readPair(payload.body, packed), payload.head.steps),
    trades,
    longest: longestHeld(trades),
    bounds: { start, end, spanLeast: Math.min(ROWS_LEAST * step, end - start) },
  };
}

export function inkOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const ink = canvas.getContext("2d");
  if (ink === null) throw new Error("This browser has no canvas");
  return ink;
}

function fitCanvas(canvas: HTMLCanvasElement, { fullWidth, height }: Layout): void {
  const dots = Math.min(2, devicePixelRatio || 1);
  canvas.width = Math.round(fullWidth * dots);
  canvas.height = Math.round(height * dots);
  canvas.style.width = `${fullWidth}px`;
  canvas.style.height = `${height}px`;
  inkOf(canvas).setTransform(dots, 0, 0, dots, 0, 0);
}
