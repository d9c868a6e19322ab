/** Candles and volume. */
import type { CandleBuckets } from "./buckets.ts";
import type { Pane, ValueScale } from "./panes.ts";
import type { Theme } from "./theme.ts";

/** What every painter needs: where to, how times become pixels, and which rows are in sight. */
export interface Brush {
  readonly ink: CanvasRenderingContext2D;
  readonly theme: Theme;
  readonly x: (time: number) => number;
  readonly rows: { readonly from: number; readonly to: number };
}

const BODY_SHARE = 0.72;
const VOLUME_SHARE = 0.12;
const VOLUME_ALPHA = 0.35;

export function paintCandles(brush: Brush, candles: CandleBuckets, scale: ValueScale): void {
  paintSide(brush, candles, scale, true);
  paintSide(brush, candles, scale, false);
}

/** All candles of one colour in one path: a path a candle would be ten times slower. */
function paintSide(
  { ink, theme, x, rows }: Brush,
  candles: CandleBuckets,
  { y }: ValueScale,
  rising: boolean,
): void {
  const { open, high, low, close, start, step } = candles;
  const full = x(start + step) - x(start);
  const body = Math.max(1, Math.round(full * BODY_SHARE));
  ink.beginPath();
  for (let row = rows.from; row < rows.to; row++) {
    const first = open[row] ?? NaN;
    const last = close[row] ?? NaN;
    if (last >= first !== rising || Number.isNaN(last)) continue;
    const middle = Math.round(x(start + row * step) + full / 2);
    const top = Math.round(y(Math.max(first, last)));
    const peak = Math.round(y(high[row] ?? NaN));
    ink.rect(middle, peak, 1, Math.round(y(low[row] ?? NaN)) - peak);
    ink.rect(
      middle - (body >> 1),
      top,
      body,
      Math.max(1, Math.round(y(Math.min(first, last))) - top),
    );
  }
  ink.fillStyle = rising ? theme.up : theme.down;
  ink.fill();
}

/** Bars at the foot of the prices' pane, the largest in sight a fixed share of it. */
export function paintVolume(
  { ink, theme, x, rows }: Brush,
  candles: CandleBuckets,
  pane: Pane,
): void {
  const { open, close, volume, start, step } = candles;
  let largest = 0;
  for (let row = rows.from; row < rows.to; row++) {
    if ((volume[row] ?? 0) > largest) largest = volume[row] ?? 0;
  }
  if (largest === 0) return;
  const full = x(start + step) - x(start);
  const width = Math.max(1, Math.round(full * BODY_SHARE));
  const foot = pane.top + pane.height;
  ink.globalAlpha = VOLUME_ALPHA;
  for (const rising of [true, false]) {
    ink.beginPath();
    for (let row = rows.from; row < rows.to; row++) {
      const held = volume[row] ?? NaN;
      if (!(held > 0) || ((close[row] ?? NaN) >= (open[row] ?? NaN)) !== rising) continue;
      const tall = held / largest * pane.height * VOLUME_SHARE;
      ink.rect(
        Math.round(x(start + row * step) + (full - width) / 2),
        Math.round(foot - tall),
        width,
        tall,
      );
    }
    ink.fillStyle = rising ? theme.up : theme.down;
    ink.fill();
  }
  ink.globalAlpha = 1;
}
