/** Where the panes of the chart stand, and how values become pixels in them. */
import type { PlotMark, PlotPane } from "./unpacking.ts";

export type PaneKind = "price" | "plot" | "equity" | "drawdown";

export interface Pane {
  readonly kind: PaneKind;
  readonly title: string;
  readonly marks: readonly PlotMark[];
  readonly top: number;
  readonly height: number;
  /** Pixels at the top that the values' names need. */
  readonly head: number;
}

export interface Layout {
  readonly panes: readonly Pane[];
  /** Width of what is drawn, without the axis at the right. */
  readonly width: number;
  readonly fullWidth: number;
  readonly height: number;
}

/** Pixels of a value, the range in sight filling the pane but for a margin. */
export interface ValueScale {
  /** At the foot and at the top of the pane. */
  readonly min: number;
  readonly max: number;
  /** The smallest value in sight, which may stand above the foot. */
  readonly least: number;
  y(value: number): number;
}

const AXIS_WIDTH = 66;
const AXIS_HEIGHT = 24;
const PANE_GAP = 8;
const NARROW = 560;
const HEIGHTS: Readonly<Record<PaneKind, readonly [narrow: number, wide: number]>> = {
  price: [260, 360],
  plot: [84, 110],
  equity: [90, 120],
  drawdown: [64, 80],
};
const HEADS: Readonly<Record<PaneKind, readonly [narrow: number, wide: number]>> = {
  price: [56, 20],
  plot: [18, 18],
  equity: [18, 18],
  drawdown: [18, 18],
};
/** What volume and the counts of trades take of the prices' pane. */
const PRICE_FOOT_SHARE = 0.2;
const FOOT = 4;

/** Stacks the panes over a time axis. */
export function layOut(plots: readonly PlotPane[], hasEquity: boolean, fullWidth: number): Layout {
  const [main, ...others] = plots;
  const wanted: Omit<Pane, "top" | "height" | "head">[] = [
    { kind: "price", title: "", marks: main?.marks ?? [] },
    ...others.map(({ title, marks }) => ({ kind: "plot" as const, title, marks })),
  ];
  if (hasEquity) {
    wanted.push({ kind: "equity", title: "Equity", marks: [] });
    wanted.push({ kind: "drawdown", title: "Drawdown", marks: [] });
  }
  let top = 0;
  const panes = wanted.map((pane) => {
    const size = fullWidth < NARROW ? 0 : 1;
    const height = HEIGHTS[pane.kind][size];
    const placed = { ...pane, top, height, head: HEADS[pane.kind][size] };
    top += height + PANE_GAP;
    return placed;
  });
  return { panes, fullWidth, width: fullWidth - AXIS_WIDTH, height: top + AXIS_HEIGHT };
}

/** A scale over the values in sight; flat or missing values get a range around them. */
export function scaleFor({ kind, top, height, head }: Pane, min: number, max: number): ValueScale {
  const known = Number.isFinite(min) && Number.isFinite(max);
  const [low, high] = known ? [min, max] : [0, 1];
  const space = high > low ? 0 : Math.abs(high) * 0.01 || 1;
  const foot = kind === "price" ? height * PRICE_FOOT_SHARE : FOOT;
  const unit = (high - low + 2 * space) / (height - head - foot);
  const bottom = low - space - foot * unit;
  return {
    min: bottom,
    max: bottom + unit * height,
    least: low,
    y: (value) => top + height - (value - bottom) / unit,
  };
}

/** Grows a range by the values of a column; NaN is passed over. */
export function widenRange(
  range: { min: number; max: number },
  column: Float64Array,
  { from, to }: { from: number; to: number },
): void {
  for (let row = from; row < to; row++) {
    const value = column[row] ?? NaN;
    if (value < range.min) range.min = value;
    if (value > range.max) range.max = value;
  }
}
