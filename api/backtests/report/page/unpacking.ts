/** What the server packed, read again (see packing.ts beside this folder). */
import type { CandleBuckets, Grid, LineBuckets } from "./buckets.ts";

/** A line or fill as `plot_config` wants it. */
export interface PlotMark {
  /** Position among the columns of every pair. */
  readonly column: number;
  readonly name: string;
  readonly color: string | null;
  readonly kind: "line" | "bar" | "dots";
  /** The column up to which the area is filled. */
  readonly fillTo: number | null;
  readonly fillColor: string | null;
}

/** The first pane is the prices' and has no title. */
export interface PlotPane {
  readonly title: string;
  readonly marks: readonly PlotMark[];
}

export interface PackedPair extends Grid {
  readonly name: string;
  /** Where its bytes begin. */
  readonly at: number;
  readonly priceDecimals: number;
  readonly volumeDecimals: number;
  /** Decimals of each plot column; null where the pair has none of that name. */
  readonly columns: readonly (number | null)[];
  /** Whether every bucket is one candle. */
  readonly isPlain: boolean;
  readonly trades: { readonly count: number; readonly at: number; readonly rateDecimals: number };
}

export interface Head {
  readonly coin: string;
  readonly coinDecimals: number;
  readonly timeframe: string;
  /** Zoom levels, in milliseconds a bucket. */
  readonly steps: readonly number[];
  readonly strings: readonly string[];
  readonly panes: readonly PlotPane[];
  readonly pairs: readonly PackedPair[];
  readonly equity: Grid & { readonly at: number; readonly decimals: number };
}

export interface Payload {
  readonly head: Head;
  readonly body: Uint8Array;
}

/** Columns of one pair's trades, in the order they were opened. */
export interface Trades {
  readonly count: number;
  /** In closing order of the whole run, from 1. */
  readonly number: Float64Array;
  readonly isShort: Float64Array;
  /** Epoch milliseconds. */
  readonly openDate: Float64Array;
  readonly closeDate: Float64Array;
  readonly openRate: Float64Array;
  readonly closeRate: Float64Array;
  /** Profit in hundredths of a percent. */
  readonly profit: Float64Array;
  /** In stake currency. */
  readonly profitAbs: Float64Array;
  /** Codes of strings, -1 for none. */
  readonly tag: Float64Array;
  readonly reason: Float64Array;
}

export interface Equity extends Grid {
  readonly value: LineBuckets;
  /** Deepest fall below the highest value so far, a fraction from 0 down to -1. */
  readonly drawdown: Float64Array;
}

export const DRAWDOWN_DECIMALS = 4;
const LENGTH_BYTES = 4;

export async function unpackPayload(base64: string): Promise<Payload> {
  const packed = fromBase64(base64.trim());
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const text = new TextDecoder().decode(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length));
  return { head: JSON.parse(text), body: bytes.subarray(LENGTH_BYTES + length) };
}

export interface PairColumns {
  readonly candles: CandleBuckets;
  /** In the order of `columns`; null where the pair has none of that name. */
  readonly lines: readonly (LineBuckets | null)[];
}

export function readPair(body: Uint8Array, pair: PackedPair): PairColumns {
  const read = integersFrom(body, pair.at);
  const candles = readCandles(read, pair);
  const lines = pair.columns.map((decimals) =>
    decimals === null ? null : readLine(read, { ...pair, decimals })
  );
  return { candles, lines };
}

function readCandles(read: () => number, pair: PackedPair): CandleBuckets {
  const { count, start, step } = pair;
  const close = sums(read, count);
  const open = new Float64Array(count);
  const high = new Float64Array(count);
  const low = new Float64Array(count);
  let before = 0;
  for (let row = 0; row < count; row++) {
    open[row] = read() + before;
    before = knownOr(close[row], before);
  }
  for (let row = 0; row < count; row++) {
    high[row] = read() + Math.max(open[row] ?? NaN, close[row] ?? NaN);
  }
  for (let row = 0; row < count; row++) {
    low[row] = Math.min(open[row] ?? NaN, close[row] ?? NaN) - read();
  }
  for (const column of [open, high, low, close]) scale(column, pair.priceDecimals);
  const volume = scale(sums(read, count), pair.volumeDecimals);
  return { start, step, count, open, high, low, close, volume };
}

export function readTrades(body: Uint8Array, { trades }: PackedPair): Trades {
  const { count, rateDecimals } = trades;
  const read = integersFrom(body, trades.at);
  const profitDecimals = read();
  const number = sums(read, count);
  const isShort = plain(read, count);
  const openDate = sums(read, count).map((seconds) => seconds * 1000);
  const held = plain(read, count);
  return {
    count,
    number,
    isShort,
    openDate,
    closeDate: openDate.map((open, row) => open + (held[row] ?? NaN) * 1000),
    openRate: scale(sums(read, count), rateDecimals),
    closeRate: scale(sums(read, count), rateDecimals),
    profit: plain(read, count),
    profitAbs: scale(plain(read, count), profitDecimals),
    tag: plain(read, count),
    reason: plain(read, count),
  };
}

export function readEquity(body: Uint8Array, { equity }: Head): Equity {
  const { start, step, count, at, decimals } = equity;
  const read = integersFrom(body, at);
  const value = readLine(read, { count, decimals, isPlain: false });
  return { start, step, count, value, drawdown: scale(sums(read, count), DRAWDOWN_DECIMALS) };
}

function readLine(
  read: () => number,
  { count, decimals, isPlain }: { count: number; decimals: number; isPlain: boolean },
): LineBuckets {
  const last = sums(read, count);
  if (isPlain) {
    scale(last, decimals);
    return { min: last, max: last, last };
  }
  const min = last.map((value) => value - read());
  const max = last.map((value) => value + read());
  return { min: scale(min, decimals), max: scale(max, decimals), last: scale(last, decimals) };
}

function sums(read: () => number, count: number): Float64Array {
  const column = new Float64Array(count);
  let before = 0;
  for (let row = 0; row < count; row++) {
    const value = before + read();
    column[row] = value;
    before = knownOr(value, before);
  }
  return column;
}

function plain(read: () => number, count: number): Float64Array {
  const column = new Float64Array(count);
  for (let row = 0; row < count; row++) column[row] = read();
  return column;
}

function scale(column: Float64Array, decimals: number): Float64Array {
  const unit = 10 ** Math.abs(decimals);
  for (let row = 0; row < column.length; row++) {
    const value = column[row] ?? NaN;
    column[row] = decimals < 0 ? value * unit : value / unit;
  }
  return column;
}

function knownOr(value: number | undefined, other: number): number {
  return value === undefined || Number.isNaN(value) ? other : value;
}

/** Reads one variable-length integer a call; NaN for none. */
function integersFrom(body: Uint8Array, start: number): () => number {
  let at = start;
  return () => {
    let code = 0;
    let unit = 1;
    for (;;) {
      const byte = body[at++] ?? 0;
      if (byte < 128) {
        code += byte * unit;
        break;
      }
      code += (byte - 128) * unit;
      unit *= 128;
    }
    if (code === 0) return NaN;
    return code % 2 === 1 ? (code - 1) / 2 : -code / 2;
  };
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
