/** Seeded candles in which candlestick patterns are frequent, for comparisons and benches. */
import type { Candles } from "./random_series.ts";

export interface PatternShape {
  readonly length: number;
  readonly start: number;
  /** Prices are whole multiples of this; coarse ticks make equal prices frequent. */
  readonly tick: number;
  /** Ticks of a usual body. */
  readonly size: number;
  /** How often a candle keeps its predecessor's colour. */
  readonly runs: number;
}

/**
 * Bodies are nothing, short, usual or long; shadows none, short or long; an open lies at the last close,
 * in the last body, or beyond a gap.
 */
export function patternCandles(random: () => number, shape: PatternShape): Candles {
  const { length, start, tick, size } = shape;
  const candles = {
    open: new Float64Array(length),
    high: new Float64Array(length),
    low: new Float64Array(length),
    close: new Float64Array(length),
    volume: new Float64Array(length).fill(1),
  };
  const home = Math.round(start / tick);
  let close = home;
  let open = home;
  let direction = 1;
  for (let i = 0; i < length; i++) {
    const former = { open, close };
    open = openAfter(former, size, random);
    if (Math.abs(open - home) > 40 * size) open = home;
    if (random() > shape.runs) direction = -direction;
    const body = Math.floor(size * pick([0, 0.15, 0.4, 1, 2.2], random) * (0.5 + random()));
    close = random() < 0.05 ? former.close : open + direction * body;
    const high = Math.max(open, close) + shadow(size, body, random);
    const low = Math.min(open, close) - shadow(size, body, random);
    candles.open[i] = open * tick;
    candles.high[i] = high * tick;
    candles.low[i] = low * tick;
    candles.close[i] = close * tick;
  }
  return candles;
}

function openAfter(
  former: { readonly open: number; readonly close: number },
  size: number,
  random: () => number,
): number {
  const { open, close } = former;
  const kind = random();
  if (kind < 0.2) return close;
  if (kind < 0.25) return open;
  if (kind < 0.6) return Math.round(close + (open - close) * random());
  const way = random() < 0.5 ? 1 : -1;
  return close + way * Math.ceil(size * random() * (kind < 0.8 ? 0.4 : 2));
}

function shadow(size: number, body: number, random: () => number): number {
  const kind = random();
  if (kind < 0.45) return 0;
  if (kind < 0.55) return body;
  return Math.round(random() * (kind < 0.8 ? 0.3 * size : 2 * size));
}

function pick(values: readonly number[], random: () => number): number {
  return values[Math.floor(values.length * random())] ?? 0;
}
