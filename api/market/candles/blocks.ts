/**
 * Blocks: up to 10,000 candles as bytes, the form in which they are stored and sent.
 *
 * A header of 64 bytes, then the columns time, open, high, low, close and volume, each as
 * little-endian f64. Header: bytes 0–3 `CWCB`, 4–5 version (u16, 1), 6–7 columns (u16, 6), 8–11
 * rows (u32), 16–23 first and 24–31 last open time (f64), the rest 0.
 */

import { CANDLE_COLUMNS, type CandleColumns } from "./columns.ts";

export const BLOCK_ROWS_MAX = 10_000;

const HEADER_BYTES = 64;
const MAGIC = 0x42435743;
const VERSION = 1;

/** Equal candles give equal bytes. Throws a RangeError for none or unequal columns. */
export function encodeBlock(candles: CandleColumns): Uint8Array<ArrayBuffer> {
  const rows = candles.time.length;
  if (CANDLE_COLUMNS.some((name) => candles[name].length !== rows)) {
    throw new RangeError("Cannot encode a block: its columns differ in length");
  }
  const bytes = new Uint8Array(HEADER_BYTES + rows * 8 * CANDLE_COLUMNS.length);
  const header = new DataView(bytes.buffer);
  header.setUint32(0, MAGIC, true);
  header.setUint16(4, VERSION, true);
  header.setUint16(6, CANDLE_COLUMNS.length, true);
  header.setUint32(8, rows, true);
  header.setFloat64(16, candles.time[0] ?? 0, true);
  header.setFloat64(24, candles.time[rows - 1] ?? 0, true);
  for (const [index, name] of CANDLE_COLUMNS.entries()) {
    const column = new Float64Array(bytes.buffer, HEADER_BYTES + index * rows * 8, rows);
    column.set(candles[name]);
    // One NaN among many: the address of a block must not hang on how it was made.
    if (name === "volume") {
      for (let i = 0; i < rows; i++) if (Number.isNaN(column[i])) column[i] = NaN;
    }
  }
  return bytes;
}

/**
 * Columns of a block: views of its bytes where they are aligned, else of one copy. Throws a
 * RangeError when the bytes are no block.
 */
export function decodeBlock(bytes: Uint8Array<ArrayBuffer>): CandleColumns {
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const header = new DataView(aligned.buffer, aligned.byteOffset, aligned.byteLength);
  const rows = aligned.byteLength >= HEADER_BYTES ? header.getUint32(8, true) : 0;
  const isBlock = aligned.byteLength === HEADER_BYTES + rows * 8 * CANDLE_COLUMNS.length &&
    header.getUint32(0, true) === MAGIC && header.getUint16(4, true) === VERSION;
  if (!isBlock) throw new RangeError("Cannot decode a block: its bytes are damaged");
  const column = (index: number) =>
    new Float64Array(aligned.buffer, aligned.byteOffset + HEADER_BYTES + index * rows * 8, rows);
  return {
    time: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  };
}
