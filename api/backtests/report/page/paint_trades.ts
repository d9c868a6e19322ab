/** Entries and exits over the candles: a triangle in the trade's direction, a dot at its end. */
import type { Brush } from "./paint_candles.ts";
import type { Pane, ValueScale } from "./panes.ts";
import type { Trades } from "./unpacking.ts";
import type { View } from "./view.ts";

/** Beyond so many in sight they are counted instead of marked. */
const MARKED_MAX = 250;
const CELL_PX = 4;
/** Where the strip that counts trades stands in its pane, and its height to either side. */
const STRIP_AT = 0.84;
const STRIP_PX = 7;
const SIZE = 5;
/** So many in sight that they are drawn smaller. */
const CROWDED = 80;
const SIZE_CROWDED = 3.5;
const SIZE_SELECTED = 7;
const REACH_PX = 14;

/** Rows of the trades that are open within the view. */
export function tradesIn(trades: Trades, view: View, longest: number): number[] {
  const found: number[] = [];
  const first = lowerBound(trades.openDate, view.from - longest);
  for (let row = first; row < trades.count; row++) {
    if ((trades.openDate[row] ?? NaN) > view.to) break;
    if ((trades.closeDate[row] ?? NaN) >= view.from) found.push(row);
  }
  return found;
}

export function longestHeld({ openDate, closeDate }: Trades): number {
  let longest = 0;
  for (let row = 0; row < openDate.length; row++) {
    longest = Math.max(longest, (closeDate[row] ?? NaN) - (openDate[row] ?? NaN));
  }
  return longest;
}

export function paintTrades(
  brush: Brush,
  trades: Trades,
  visible: readonly number[],
  { scale, pane, selected }: { scale: ValueScale; pane: Pane; selected: number | null },
): void {
  if (visible.length > MARKED_MAX) paintStrip(brush, trades, visible, pane);
  else {
    const size = visible.length > CROWDED ? SIZE_CROWDED : SIZE;
    for (const row of visible) paintTrade(brush, trades, row, { scale, size });
  }
  if (selected !== null && visible.includes(selected)) {
    paintTrade(brush, trades, selected, { scale, size: SIZE_SELECTED });
  }
}

/** The trade whose entry, exit or the line between them is near a point; null when none is. */
export function tradeAt(
  { x }: Pick<Brush, "x">,
  trades: Trades,
  visible: readonly number[],
  { scale, point }: { scale: ValueScale; point: { x: number; y: number } },
): number | null {
  if (visible.length > MARKED_MAX) return null;
  let nearest: number | null = null;
  let best = REACH_PX;
  for (const row of visible) {
    for (
      const [date, rate] of [
        [trades.openDate[row], trades.openRate[row]],
        [trades.closeDate[row], trades.closeRate[row]],
      ]
    ) {
      const far = Math.hypot(x(date ?? NaN) - point.x, scale.y(rate ?? NaN) - point.y);
      if (far < best) {
        best = far;
        nearest = row;
      }
    }
  }
  return nearest;
}

function paintTrade(
  { ink, theme, x }: Brush,
  trades: Trades,
  row: number,
  { scale: { y }, size }: { scale: ValueScale; size: number },
): void {
  const isSelected = size === SIZE_SELECTED;
  const [opened, closed] = [x(trades.openDate[row] ?? NaN), x(trades.closeDate[row] ?? NaN)];
  const [entry, exit] = [y(trades.openRate[row] ?? NaN), y(trades.closeRate[row] ?? NaN)];
  const color = (trades.profitAbs[row] ?? 0) > 0 ? theme.up : theme.down;
  ink.strokeStyle = isSelected ? theme.text : color;
  ink.lineWidth = isSelected ? 2 : 1.2;
  ink.setLineDash([4, 3]);
  ink.beginPath();
  ink.moveTo(opened, entry);
  ink.lineTo(closed, exit);
  ink.stroke();
  ink.setLineDash([]);
  const towards = (trades.isShort[row] ?? 0) === 1 ? -1 : 1;
  ink.fillStyle = theme.accent;
  ink.strokeStyle = theme.background;
  ink.lineWidth = 1;
  ink.beginPath();
  ink.moveTo(opened, entry - towards * size);
  ink.lineTo(opened - size, entry + towards * size);
  ink.lineTo(opened + size, entry + towards * size);
  ink.closePath();
  ink.fill();
  ink.stroke();
  ink.fillStyle = color;
  ink.beginPath();
  ink.arc(closed, exit, size - 1, 0, 2 * Math.PI);
  ink.fill();
  ink.stroke();
}

/** How many ended where: won ones upwards, others downwards, over the volume. */
function paintStrip(
  { ink, theme, x }: Brush,
  trades: Trades,
  visible: readonly number[],
  { top, height }: Pane,
): void {
  const wins = new Map<number, number>();
  const losses = new Map<number, number>();
  let most = 1;
  for (const row of visible) {
    const column = Math.floor(x(trades.closeDate[row] ?? NaN) / CELL_PX);
    const counts = (trades.profitAbs[row] ?? 0) > 0 ? wins : losses;
    const count = (counts.get(column) ?? 0) + 1;
    counts.set(column, count);
    most = Math.max(most, count);
  }
  const middle = Math.round(top + height * STRIP_AT);
  for (
    const [counts, color, up] of [[wins, theme.up, true], [losses, theme.down, false]] as const
  ) {
    ink.beginPath();
    for (const [column, count] of counts) {
      const tall = Math.max(1, Math.round(count / most * STRIP_PX));
      ink.rect(column * CELL_PX, up ? middle - tall : middle, CELL_PX - 1, tall);
    }
    ink.fillStyle = color;
    ink.fill();
  }
}

export function countWins(trades: Trades, visible: readonly number[]): number {
  return visible.reduce((wins, row) => wins + Number((trades.profitAbs[row] ?? 0) > 0), 0);
}

/** Marks the selected trade's time over the whole height. */
export function paintHeld(
  { ink, theme, x }: Brush,
  trades: Trades,
  row: number,
  { top, height }: Pick<Pane, "top" | "height">,
): void {
  const left = x(trades.openDate[row] ?? NaN);
  ink.fillStyle = theme.accent;
  ink.globalAlpha = 0.1;
  ink.fillRect(left, top, Math.max(1, x(trades.closeDate[row] ?? NaN) - left), height);
  ink.globalAlpha = 1;
}

function lowerBound(column: Float64Array, value: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((column[middle] ?? Infinity) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
