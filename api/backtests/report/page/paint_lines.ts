/** Lines, bars, dots and filled areas over buckets. */
import type { Grid, LineBuckets } from "./buckets.ts";
import type { Brush } from "./paint_candles.ts";
import type { ValueScale } from "./panes.ts";

const FILL_ALPHA = 0.12;
const LINE_WIDTH = 1.3;
const DOT = 3;
const BAR_SHARE = 0.7;
const REACH_ALPHA = 0.3;
const REACH_SHARE = 0.5;
/** Buckets narrower than this are drawn as columns of pixels. */
const DENSE_PX = 1.6;

/** Through the values while there is room for a line, as a column of pixels a bucket else. */
export function paintLine(
  brush: Brush,
  line: LineBuckets,
  grid: Grid,
  scale: ValueScale,
  color: string,
): void {
  const wide = brush.x(grid.start + grid.step) - brush.x(grid.start);
  if (wide < DENSE_PX) paintColumns(brush, line, grid, scale, color);
  else paintStroke(brush, line, grid, scale, color);
}

/**
 * The last values as a line, and how far the bucket went as a pale bar: a line that runs to both ends
 * of each bucket crosses itself so often that it takes ten times as long.
 */
function paintStroke(
  { ink, x, rows }: Brush,
  { min, max, last }: LineBuckets,
  { start, step }: Grid,
  { y }: ValueScale,
  color: string,
): void {
  const wide = Math.max(1, Math.round((x(start + step) - x(start)) * REACH_SHARE));
  let drawing = false;
  const reach = new Path2D();
  ink.beginPath();
  for (let row = rows.from; row < rows.to; row++) {
    const value = last[row] ?? NaN;
    if (Number.isNaN(value)) {
      drawing = false;
      continue;
    }
    const across = x(start + (row + 0.5) * step);
    if (drawing) ink.lineTo(across, y(value));
    else ink.moveTo(across, y(value));
    drawing = true;
    if (min[row] === max[row]) continue;
    const top = Math.round(y(max[row] ?? value));
    reach.rect(Math.round(across - wide / 2), top, wide, Math.round(y(min[row] ?? value)) - top);
  }
  ink.strokeStyle = color;
  ink.lineWidth = LINE_WIDTH;
  ink.stroke();
  ink.fillStyle = color;
  ink.globalAlpha = REACH_ALPHA;
  ink.fill(reach);
  ink.globalAlpha = 1;
}

/** Upright rectangles from the least to the largest value, joined to the value before. */
function paintColumns(
  { ink, x, rows }: Brush,
  { min, max, last }: LineBuckets,
  { start, step }: Grid,
  { y }: ValueScale,
  color: string,
): void {
  const wide = Math.max(1, Math.round(x(start + step) - x(start)));
  let before = NaN;
  ink.beginPath();
  for (let row = rows.from; row < rows.to; row++) {
    const low = min[row] ?? NaN;
    const high = max[row] ?? NaN;
    if (!Number.isNaN(low)) {
      const top = Math.round(y(before > high ? before : high));
      const foot = Math.round(y(before < low ? before : low));
      ink.rect(Math.round(x(start + row * step)), top, wide, Math.max(1, foot - top));
    }
    before = last[row] ?? NaN;
  }
  ink.fillStyle = color;
  ink.fill();
}

/** From zero to the values that are furthest from it. */
export function paintBars(
  { ink, x, rows }: Brush,
  line: LineBuckets,
  { start, step }: Grid,
  { y }: ValueScale,
  color: string,
): void {
  const width = Math.max(1, Math.round((x(start + step) - x(start)) * BAR_SHARE));
  ink.beginPath();
  for (let row = rows.from; row < rows.to; row++) {
    const [min, max] = [line.min[row] ?? NaN, line.max[row] ?? NaN];
    if (Number.isNaN(min)) continue;
    const top = Math.round(y(Math.max(0, max)));
    const left = Math.round(x(start + (row + 0.5) * step) - width / 2);
    ink.rect(left, top, width, Math.max(1, Math.round(y(Math.min(0, min))) - top));
  }
  ink.fillStyle = color;
  ink.fill();
}

export function paintDots(
  { ink, x, rows }: Brush,
  line: LineBuckets,
  { start, step }: Grid,
  { y }: ValueScale,
  color: string,
): void {
  ink.fillStyle = color;
  for (let row = rows.from; row < rows.to; row++) {
    const last = line.last[row] ?? NaN;
    if (Number.isNaN(last)) continue;
    ink.fillRect(x(start + (row + 0.5) * step) - DOT / 2, y(last) - DOT / 2, DOT, DOT);
  }
}

/** The area between two columns; where either is missing it is interrupted. */
export function paintBetween(
  { ink, x, rows }: Brush,
  [upper, lower]: readonly [Float64Array, Float64Array],
  { start, step }: Grid,
  { y }: ValueScale,
  color: string,
): void {
  ink.fillStyle = color;
  ink.globalAlpha = FILL_ALPHA;
  for (let row = rows.from; row < rows.to;) {
    const first = row;
    while (row < rows.to && isKnown(upper[row]) && isKnown(lower[row])) row++;
    if (row > first) {
      ink.beginPath();
      for (let at = first; at < row; at++) {
        ink.lineTo(x(start + (at + 0.5) * step), y(upper[at] ?? NaN));
      }
      for (let at = row - 1; at >= first; at--) {
        ink.lineTo(x(start + (at + 0.5) * step), y(lower[at] ?? NaN));
      }
      ink.fill();
    }
    row++;
  }
  ink.globalAlpha = 1;
}

function isKnown(value: number | undefined): boolean {
  return value !== undefined && !Number.isNaN(value);
}
