/** Seeded candles of many characters, for comparisons and benches. */

export interface Candles {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

export interface CandleShape {
  readonly length: number;
  readonly start: number;
  /** Relative size of one step. */
  readonly step: number;
  /** Prices are whole multiples of this; 0: not rounded. Coarse ticks make ties and flat bars. */
  readonly tick: number;
  /** Share of bars that repeat the close before them without volume. */
  readonly idle: number;
}

/** A 32-bit generator with uniform numbers in [0, 1). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 4294967296;
  };
}

export function randomCandles(random: () => number, shape: CandleShape): Candles {
  const { length, start, step, tick, idle } = shape;
  const columns = ["open", "high", "low", "close", "volume"].map(() => new Float64Array(length));
  const [open, high, low, close, volume] = columns as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const rounded = (price: number) =>
    tick === 0 ? price : Math.max(tick, Math.round(price / tick) * tick);
  let price = rounded(start);
  for (let i = 0; i < length; i++) {
    open[i] = price;
    if (random() < idle) {
      high[i] = low[i] = close[i] = price;
      continue;
    }
    const next = rounded(price * (1 + step * (random() + random() + random() - 1.5)));
    high[i] = rounded(Math.max(price, next) * (1 + step * random() * 0.7));
    low[i] = rounded(Math.min(price, next) * (1 - step * random() * 0.7));
    close[i] = next;
    volume[i] = Math.floor(1e5 * random() * random()) / 10;
    price = next;
  }
  return { open, high, low, close, volume };
}
