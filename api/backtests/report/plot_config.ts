/** A strategy's `plot_config` as panes to draw: what a user wrote, so nothing of it is trusted. */
import type { PlotMark, PlotPane } from "./page/unpacking.ts";

export interface PlotPlan {
  /** The prices' pane first. */
  readonly panes: readonly PlotPane[];
  /** Every column that a pane names, in the order of `PlotMark.column`. */
  readonly columns: readonly string[];
}

const PANES_MAX = 12;
const COLUMNS_MAX = 60;
const COLOR = /^(#[0-9a-f]{3,8}|[a-z]{3,30}|(rgb|hsl)a?\([\d\s.,%/]{1,60}\))$/i;

/** Plans the panes over the columns there are; a column without data is left out. */
export function planPlots(plotConfig: unknown, available: ReadonlySet<string>): PlotPlan {
  const { main_plot: main, subplots } = recordOf(plotConfig);
  const columns: string[] = [];
  const columnOf = (name: unknown): number | null => {
    if (typeof name !== "string" || !available.has(name)) return null;
    const known = columns.indexOf(name);
    if (known >= 0) return known;
    return columns.length < COLUMNS_MAX ? columns.push(name) - 1 : null;
  };
  const marksOf = (plot: unknown): PlotMark[] =>
    Object.entries(recordOf(plot)).flatMap(([name, style]) => toMark(name, style, columnOf));
  const prices = { title: "", marks: marksOf(main) };
  const others = Object.entries(recordOf(subplots)).slice(0, PANES_MAX)
    .map(([title, plot]) => ({ title, marks: marksOf(plot) }))
    .filter(({ marks }) => marks.length > 0);
  return { panes: [prices, ...others], columns };
}

function toMark(
  name: string,
  style: unknown,
  columnOf: (name: unknown) => number | null,
): PlotMark[] {
  const { color, type, fill_to: fillTo, fill_color: fillColor } = recordOf(style);
  const column = columnOf(name);
  if (column === null) return [];
  return [{
    column,
    name,
    color: colorOf(color),
    kind: type === "bar" ? "bar" : type === "scatter" ? "dots" : "line",
    fillTo: columnOf(fillTo),
    fillColor: colorOf(fillColor),
  }];
}

/** A colour that names nothing outside the page. */
function colorOf(value: unknown): string | null {
  return typeof value === "string" && COLOR.test(value.trim()) ? value.trim() : null;
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as Record<string, unknown>
    : {};
}
