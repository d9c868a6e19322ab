/** The candle columns of one Arrow record batch, unpacked. */

import { CompressionType } from "apache-arrow/fb/compression-type";
import type { RecordBatch } from "apache-arrow/fb/record-batch";
import { CANDLE_COLUMNS, type CandleColumnName, type CandleColumns } from "../candles/columns.ts";
import { damagedArrow, readingArrow, tooLarge } from "./arrow_messages.ts";
import type { ArrowColumn, ArrowColumns } from "./arrow_schema.ts";
import type { ReadStep } from "./candle_file.ts";
import { unpackBytes } from "./codecs.ts";
import { decodeNumbers, NUMBER_BYTES, toPrices, toTimes } from "./number_columns.ts";

/** Rows of a batch; all its candle columns are in memory at once. */
const ROWS_MAX = 1024 ** 2;

/** Buffers may be padded to a cache line. */
const PADDING_BYTES_MAX = 64;

/** Before each packed buffer stands its unpacked length; -1 says that it is not packed. */
const LENGTH_BYTES = 8;
const NOT_PACKED = -1n;

/**
 * Column by column, with a step after each. Throws a CandleFileError for whatever does not fit:
 * declared sizes are checked against the rows.
 */
export function* readArrowBatch(
  batch: RecordBatch,
  body: Uint8Array,
  columns: ArrowColumns,
  fileName: string,
): Generator<ReadStep, CandleColumns> {
  const rows = readingArrow(fileName, () => countRows(batch, fileName));
  const candles: Partial<Record<CandleColumnName, Float64Array>> = {};
  for (const name of CANDLE_COLUMNS) {
    const column = columns[name];
    candles[name] = column &&
      readingArrow(fileName, () => readColumn(batch, body, column, { rows, name }));
    yield { chunks: [] };
  }
  const { time, open, high, low, close, volume } = candles;
  if (!time || !open || !high || !low || !close) throw damagedArrow(fileName);
  return { time, open, high, low, close, volume: volume ?? new Float64Array(rows).fill(NaN) };
}

function countRows(batch: RecordBatch, fileName: string): number {
  const rows = Number(batch.length());
  if (rows > ROWS_MAX) throw tooLarge(fileName, `a batch of ${rows} rows`, ROWS_MAX);
  if (rows >= 0) return rows;
  throw new RangeError(`A batch has ${rows} rows`);
}

function readColumn(
  batch: RecordBatch,
  body: Uint8Array,
  { buffer, kind, unit }: ArrowColumn,
  { rows, name }: { rows: number; name: CandleColumnName },
): Float64Array {
  const bytes = readBuffer(batch, body, buffer + 1, rows * NUMBER_BYTES[kind]);
  const numbers = decodeNumbers(kind, bytes, rows);
  const values = name === "time" ? toTimes(numbers, unit) : toPrices(numbers);
  return withoutNulls(values, readBuffer(batch, body, buffer, Math.ceil(rows / 8)));
}

/** An empty buffer is one that the batch left out; any other holds at least `bytesMin` bytes. */
function readBuffer(
  batch: RecordBatch,
  body: Uint8Array,
  index: number,
  bytesMin: number,
): Uint8Array {
  const place = index < batch.buffersLength() ? batch.buffers(index) : null;
  if (!place) throw new RangeError(`Buffer ${index} is missing`);
  const [offset, length] = [Number(place.offset()), Number(place.length())];
  if (!(offset >= 0 && length >= 0 && offset + length <= body.length)) {
    throw new RangeError(`Buffer ${index} lies outside of its batch`);
  }
  const bytes = body.subarray(offset, offset + length);
  const compression = batch.compression();
  if (!compression || length === 0) return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const unpackedBytes = view.getBigInt64(0, true);
  const packed = bytes.subarray(LENGTH_BYTES);
  if (unpackedBytes === NOT_PACKED) return packed;
  if (unpackedBytes < bytesMin || unpackedBytes > bytesMin + PADDING_BYTES_MAX) {
    throw new RangeError(`Buffer ${index} declares ${unpackedBytes} bytes, expected ${bytesMin}`);
  }
  const codec = compression.codec() === CompressionType.ZSTD ? "zstd" : "lz4_frame";
  return unpackBytes(codec, packed, Number(unpackedBytes));
}

/** A bit for each row, the lowest of a byte first; no bits say that every row has a value. */
function withoutNulls(values: Float64Array, validity: Uint8Array): Float64Array {
  if (validity.length === 0) return values;
  for (let row = 0; row < values.length; row++) {
    const isValid = ((validity[row >> 3] ?? 0) >> (row & 7)) & 1;
    if (isValid === 0) values[row] = NaN;
  }
  return values;
}
