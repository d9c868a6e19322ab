/** Lines, bars, dots and filled areas over buckets. */
import type { Grid, LineBuckets } from "./buckets.ts";
import type { Brush } from "./paint_candles.ts";
import type { ValueScale } from "./panes.ts";

const FILL_ALPHA = 0.12;
const LINE_WIDTH = 1.3;
const DOT = 3;

/** Through the last value of each bucket, touching the least and the largest of it. */
export function paintLine(
  { ink, x, rows }: Brush,
  line: LineBuckets,
  { start, step }: Grid,
  { y }: ValueScale,
  color: string,
): void {
  let drawing = false;
  ink.beginPath();
  for (let row = rows.from; row < rows.to; row++) {
    const last = line.last[row] ?? NaN;
    if (Number.isNaN(last)) {
      drawing = false;
      continue;
    }
    const across = x(start + (row + 0.5) * step);
    const min = line.min[row] ?? last;
    const max = line.max[row] ?? last;
    if (!drawing) ink.moveTo(across, y(last));
    if (min !== max) {
      ink.lineTo(across, y(min));
      ink.lineTo(across, y(max));
    }
    ink.lineTo(across, y(last));
    drawing = true;
  }
  ink.strokeStyle = color;
  ink.lineWidth = LINE_WIDTH;
  ink.lineJoin = "round";
  ink.stroke();
}

/** From zero to the value that is further from it. */
export function paintBars(
  { ink, x, rows }: Brush,
  line: LineBuckets,
  { start, step }: Grid,
  { y }: ValueScale,
  color: string,
): void {
  const width = Math.max(1, (x(start + step) - x(start)) * 0.7);
  const zero = y(0);
  ink.beginPath();
  for (let row = rows.from; row < rows.to; row++) {
    const [min, max] = [line.min[row] ?? NaN, line.max[row] ?? NaN];
    if (Number.isNaN(min)) continue;
    const end = y(Math.abs(min) > Math.abs(max) ? min : max);
    const left = x(start + (row + 0.5) * step) - width / 2;
    ink.rect(left, Math.min(zero, end), width, Math.max(0.5, Math.abs(end - zero)));
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
