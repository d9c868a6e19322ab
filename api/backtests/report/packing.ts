/** Columns as few bytes: whole multiples of a power of ten, differences, variable-length integers. */
import type { CandleBuckets, LineBuckets } from "./page/buckets.ts";

const SEVEN_BITS = 128;
/** Integers beyond this lose their last digits in a double. */
const INTEGER_MAX = 2 ** 50;
const DIGITS_MAX = 12;
/** Values that are asked for their size. */
const SAMPLE = 4_096;
const CHUNK_BYTES = 65_536;

/** Bytes that grow. */
export class ByteSink {
  #bytes = new Uint8Array(CHUNK_BYTES);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** A whole number, or NaN for none: 0 is none, odd is not negative, even is negative. */
  putInteger(value: number): void {
    let code = Number.isNaN(value) ? 0 : value >= 0 ? 2 * value + 1 : -2 * value;
    for (; code >= SEVEN_BITS; code = Math.floor(code / SEVEN_BITS)) {
      this.#putByte(code % SEVEN_BITS + SEVEN_BITS);
    }
    this.#putByte(code);
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #putByte(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const grown = new Uint8Array(2 * this.#bytes.length);
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    this.#bytes[this.#length++] = byte;
  }
}

/**
 * How many decimals a column needs: all it has when they are few, else so many that all but its
 * smallest quarter keeps `significant` digits. Negative for thousands.
 */
export function decimalsOf(columns: readonly Float64Array[], significant: number): number {
  const stride = Math.max(
    1,
    Math.floor(columns.reduce((sum, { length }) => sum + length, 0) / SAMPLE),
  );
  const sample: number[] = [];
  let largest = 0;
  let exact = 0;
  let unit = 1;
  let seen = 0;
  for (const column of columns) {
    for (const value of column) {
      if (!Number.isFinite(value) || value === 0) continue;
      const size = Math.abs(value);
      if (seen++ % stride === 0) sample.push(size);
      if (size > largest) largest = size;
      while (exact < DIGITS_MAX && !isWhole(size * unit)) unit = 10 ** ++exact;
    }
  }
  if (sample.length === 0) return 0;
  const quarter = Float64Array.from(sample).sort()[sample.length >> 2] ?? largest;
  const enough = significant - 1 - Math.floor(Math.log10(quarter));
  const room = Math.floor(Math.log10(INTEGER_MAX / largest));
  return Math.min(exact, enough, room, DIGITS_MAX);
}

/** Differences from the value before, in units of the last decimal. */
export function putColumn(sink: ByteSink, column: ArrayLike<number>, decimals: number): void {
  let before = 0;
  for (let row = 0; row < column.length; row++) {
    const value = toUnits(column[row], decimals);
    sink.putInteger(value - before);
    if (!Number.isNaN(value)) before = value;
  }
}

/** Close from the close before, open from that too, wicks from the body: small numbers all. */
export function putCandles(sink: ByteSink, candles: CandleBuckets, decimals: number): void {
  const units = (column: Float64Array) => column.map((value) => toUnits(value, decimals));
  const [open, high, low, close] = [candles.open, candles.high, candles.low, candles.close]
    .map(units) as [Float64Array, Float64Array, Float64Array, Float64Array];
  putColumn(sink, close, 0);
  let before = 0;
  for (let row = 0; row < open.length; row++) {
    sink.putInteger(at(open, row) - before);
    if (!Number.isNaN(at(close, row))) before = at(close, row);
  }
  for (let row = 0; row < open.length; row++) {
    sink.putInteger(at(high, row) - Math.max(at(open, row), at(close, row)));
  }
  for (let row = 0; row < open.length; row++) {
    sink.putInteger(Math.min(at(open, row), at(close, row)) - at(low, row));
  }
}

/** The last values, then how far the least and the largest are from them unless all are the same. */
export function putLine(
  sink: ByteSink,
  { min, max, last }: LineBuckets,
  { decimals, isPlain }: { readonly decimals: number; readonly isPlain: boolean },
): void {
  putColumn(sink, last, decimals);
  if (isPlain) return;
  for (let row = 0; row < last.length; row++) {
    sink.putInteger(toUnits(last[row], decimals) - toUnits(min[row], decimals));
  }
  for (let row = 0; row < last.length; row++) {
    sink.putInteger(toUnits(max[row], decimals) - toUnits(last[row], decimals));
  }
}

function toUnits(value: number | undefined, decimals: number): number {
  if (value === undefined || !Number.isFinite(value)) return NaN;
  return decimals < 0 ? Math.round(value / 10 ** -decimals) : Math.round(value * 10 ** decimals);
}

function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) <= value * 1e-14;
}

function at(column: Float64Array, row: number): number {
  return column[row] ?? NaN;
}
