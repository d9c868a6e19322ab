/** Columns of numbers as tables store them, and what they mean as times or prices. */

import { timestampOfNumber } from "../candles/timestamp.ts";

export const NUMBER_BYTES = {
  ...{ f64: 8, f32: 4, i64: 8, i32: 4, i16: 2, i8: 1 },
  ...{ u64: 8, u32: 4, u16: 2, u8: 1 },
} as const;

export type NumberKind = keyof typeof NUMBER_BYTES;

/** `by_size`: a number without a unit, as CSV files have. */
export type TimeUnit = "s" | "ms" | "us" | "ns" | "day" | "by_size";

export type Numbers = Float64Array | BigInt64Array | BigUint64Array;

const DAY_MS = 86_400_000;

/** The first `count` little-endian numbers, in place where they are aligned. Throws a RangeError when there are fewer. */
export function decodeNumbers(kind: NumberKind, bytes: Uint8Array, count: number): Numbers {
  const needed = count * NUMBER_BYTES[kind];
  if (bytes.length < needed) throw new RangeError(`${count} ${kind} need ${needed} bytes`);
  const { buffer, byteOffset } = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice(0, needed);
  switch (kind) {
    case "f64":
      return new Float64Array(buffer, byteOffset, count);
    case "f32":
      return Float64Array.from(new Float32Array(buffer, byteOffset, count));
    case "i64":
      return new BigInt64Array(buffer, byteOffset, count);
    case "u64":
      return new BigUint64Array(buffer, byteOffset, count);
    case "i32":
      return Float64Array.from(new Int32Array(buffer, byteOffset, count));
    case "u32":
      return Float64Array.from(new Uint32Array(buffer, byteOffset, count));
    case "i16":
      return Float64Array.from(new Int16Array(buffer, byteOffset, count));
    case "u16":
      return Float64Array.from(new Uint16Array(buffer, byteOffset, count));
    case "i8":
      return Float64Array.from(new Int8Array(buffer, byteOffset, count));
    case "u8":
      return Float64Array.from(new Uint8Array(buffer, byteOffset, count));
  }
}

export function toPrices(numbers: Numbers): Float64Array {
  return numbers instanceof Float64Array ? numbers : Float64Array.from(numbers, Number);
}

/** Epoch milliseconds; NaN where a number without a unit is too small to be a time. */
export function toTimes(numbers: Numbers, unit: TimeUnit): Float64Array {
  if (unit === "ns" && !(numbers instanceof Float64Array)) {
    // Nanoseconds since 1970 have more digits than a double.
    const times = new Float64Array(numbers.length);
    for (let i = 0; i < times.length; i++) times[i] = Number((numbers[i] ?? 0n) / 1_000_000n);
    return times;
  }
  const convert = CONVERT[unit];
  const times = toPrices(numbers).slice();
  for (let i = 0; i < times.length; i++) times[i] = convert(times[i] ?? NaN);
  return times;
}

const CONVERT: Readonly<Record<TimeUnit, (value: number) => number>> = {
  s: (value) => value * 1e3,
  ms: (value) => value,
  us: (value) => Math.floor(value / 1e3),
  ns: (value) => Math.floor(value / 1e6),
  day: (value) => value * DAY_MS,
  by_size: timestampOfNumber,
};
